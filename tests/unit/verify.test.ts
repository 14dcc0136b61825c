import Stripe from 'stripe';
import { verify } from '../../server/src/billing/webhook/verify';
import { RequestError } from '../../server/src/errors';

const SECRET = 'whsec_now';
const BEFORE = 'whsec_before';
const { webhooks } = new Stripe('sk_test_nobody');

const seconds = () => Math.floor(Date.now() / 1000);

const sign = (payload: string, secret = SECRET, timestamp = seconds()): string =>
  webhooks.generateTestHeaderString({ payload, secret, timestamp });

const event = (changes: Record<string, unknown> = {}): string =>
  JSON.stringify({
    id: 'evt_1',
    object: 'event',
    type: 'invoice.paid',
    livemode: false,
    data: { object: { id: 'in_1' } },
    ...changes,
  });

const check = (payload: string, header: string | undefined, secrets = [SECRET]) =>
  verify(webhooks, Buffer.from(payload), header, secrets);

const refusalOf = (payload: string, header: string | undefined, secrets = [SECRET]) => {
  try {
    check(payload, header, secrets);
  } catch (error) {
    if (error instanceof RequestError) return { status: error.status, ...error.details };
    throw error;
  }
  throw new Error('it was taken');
};

const FORGED = { status: 400, code: 'signature-invalid', field: 'stripe-signature' };
const MALFORMED = { status: 400, code: 'payload-invalid', field: 'body' };

describe('a delivery', () => {
  it('is read once it is proven', () => {
    expect(check(event(), sign(event()))).toEqual({
      id: 'evt_1',
      type: 'invoice.paid',
      livemode: false,
      account: null,
      object: { id: 'in_1' },
      previous: null,
    });
    const connected = event({ account: 'acct_1' });
    expect(check(connected, sign(connected)).account).toBe('acct_1');
  });

  it('is signed by any of the secrets while one is rotated, by none of a stranger', () => {
    const body = event();
    for (const secret of [BEFORE, SECRET]) {
      expect(check(body, sign(body, secret), [SECRET, BEFORE]).id).toBe('evt_1');
    }
    expect(refusalOf(body, sign(body, BEFORE))).toEqual(FORGED);
    expect(refusalOf(body, sign(body), [])).toEqual(FORGED);
    const two = `${sign(body)},v1=${'0'.repeat(64)}`;
    expect(check(body, two).id).toBe('evt_1');
  });

  it.each([
    ['nothing', () => undefined],
    ['an empty header', () => ''],
    ['nonsense', () => 'nonsense'],
    ['no time', () => sign(event()).replace(/^t=\d+,/, '')],
    ['no signature', () => `t=${seconds()}`],
    ['an old scheme', () => sign(event()).replace('v1=', 'v0=')],
    ['another body', () => sign(`${event()} `)],
    ['another secret', () => sign(event(), 'whsec_forged')],
    ['another time', () => sign(event()).replace(/t=\d+/, `t=${seconds() - 1}`)],
    ['a time long gone', () => sign(event(), SECRET, seconds() - 301)],
    ['a time to come', () => sign(event(), SECRET, seconds() + 400)],
    [
      'a time to come behind one of now',
      () => `t=${seconds()},${sign(event(), SECRET, seconds() + 400)}`,
    ],
  ])('is refused with %s', (_name, header) => {
    expect(refusalOf(event(), header())).toEqual(FORGED);
  });

  it('is taken until it is five minutes old', () => {
    expect(check(event(), sign(event(), SECRET, seconds() - 290)).id).toBe('evt_1');
    expect(check(event(), sign(event(), SECRET, seconds() + 200)).id).toBe('evt_1');
  });

  it.each([
    '{',
    '',
    'null',
    '5',
    'true',
    '"evt_1"',
    '[]',
    '{}',
    '[{"object":"event"}]',
    event({ object: 'invoice' }),
    event({ object: 'v2.core.event' }),
    event({ id: 5 }),
    event({ id: 'in_1' }),
    event({ type: null }),
    event({ livemode: 'false' }),
    event({ livemode: undefined }),
    event({ data: null }),
    event({ data: { object: null } }),
    event({ data: { object: [] } }),
    event({ data: { object: 'in_1' } }),
  ])('is no event: %s', (body) => {
    expect(refusalOf(body, sign(body))).toEqual(MALFORMED);
  });

  it('says nothing of the secrets', () => {
    for (const header of [undefined, 'nonsense', sign(event(), 'whsec_forged')]) {
      expect(() => check(event(), header)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining('whsec') })
      );
    }
  });
});
