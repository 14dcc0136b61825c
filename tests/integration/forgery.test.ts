import { openShop, START, WEBHOOK_SECRET, type Reader, type Shop } from '../support/shop';
import { startStripe, type StripeSimulator } from '../stripe';
import { FOREIGN, METHODS, SHAPES, SIZES } from './forgery-contents';
import { ENCODINGS, SIGNATURES, TIMESTAMPS } from './forgery-envelopes';
import { anEvent, print, send, signed, type Case, type Fate } from './forgery-support';

const GROUPS: Record<string, Case[]> = {
  signature: SIGNATURES,
  timestamp: TIMESTAMPS,
  encoding: ENCODINGS,
  size: SIZES,
  shape: SHAPES,
  method: METHODS,
  foreign: FOREIGN,
};

const CASES = Object.entries(GROUPS).flatMap(([group, cases]) =>
  cases.map(([name, fate, make]) => ({ group, name, fate, make }))
);

const STATUS: Record<Fate, number> = {
  'signature-invalid': 400,
  'payload-invalid': 400,
  'payload-too-large': 413,
  'no-page': 404,
  'no-route': 405,
  ignored: 200,
};

/** Every delivery that is not Stripe's word to this site is refused or ignored, and changes nothing. */
describe('forged deliveries', () => {
  let stripe: StripeSimulator;
  let shop: Shop;
  let reader: Reader;
  let subscription: string;

  beforeAll(async () => {
    stripe = await startStripe({ now: START });
    shop = await openShop({ simulator: stripe, webhook: false });
    const monthly = await shop.price(await shop.tier('Gold'));
    reader = await shop.register('reader');
    const { body } = await shop.checkout(reader, monthly);
    stripe.pay(body.data.sessionId);
    const [paid] = (await shop.client.subscriptions.list()).data;
    subscription = paid?.id ?? '';
  });
  afterAll(async () => {
    // What a log must never hold, whatever was posted.
    const logs = shop.logs.join('');
    expect(logs).not.toContain(WEBHOOK_SECRET);
    expect(logs).not.toContain(stripe.secretKey);
    await shop.stop();
    await stripe.close();
  });

  const tell = async (changes: Record<string, unknown>): Promise<void> => {
    const { status } = await send(shop.url, signed(print(anEvent(changes))));
    expect(status).toBe(200);
    await shop.background.idle();
  };

  const ours = (claims: Record<string, unknown> = {}) => ({
    data: { object: { id: subscription, object: 'subscription', ...claims } },
  });

  it('counts more than sixty of them', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(60);
  });

  it('while a true one changes rows', async () => {
    const before = await shop.counts();
    await tell(ours());
    const after = await shop.counts();
    for (const name of ['subscription', 'payment', 'grant', 'movement']) {
      expect({ name, rows: after[name] }).toEqual({ name, rows: (before[name] ?? 0) + 1 });
    }
    // What was told, and the wish for the customer with whose subscription a card came.
    expect(after.inbox).toBe((before.inbox ?? 0) + 2);
    expect((await shop.me(reader)).tiers).toMatchObject([{ slug: 'gold' }]);
  });

  it.each(CASES)('$group: $name', async ({ fate, make }) => {
    const before = await shop.counts();
    const { status, text } = await send(shop.url, make());
    await shop.background.idle();

    expect(status).toBe(STATUS[fate]);
    const inbox = (before.inbox ?? 0) + (fate === 'ignored' ? 1 : 0);
    expect(await shop.counts()).toEqual({ ...before, inbox });
    if (fate === 'ignored') {
      const [row] = await shop.rows('inbox').findMany({ orderBy: { id: 'desc' }, limit: 1 });
      expect(row).toMatchObject({ status: 'ignored' });
    } else if (!fate.startsWith('no-')) {
      expect(JSON.parse(text)).toMatchObject({ data: null, error: { details: { code: fate } } });
    }
    expect(text).not.toContain('whsec');
  });

  it('a claim about a subscription of ours is looked up, not believed', async () => {
    const before = await shop.rows('subscription').findMany({});
    const grants = await shop.rows('grant').findMany({});
    const counts = await shop.counts();
    await tell(ours({ status: 'canceled', ended_at: 1, items: { data: [] } }));
    await tell({ type: 'customer.subscription.deleted', ...ours({ status: 'canceled' }) });
    expect(await shop.counts()).toEqual({ ...counts, inbox: (counts.inbox ?? 0) + 2 });
    expect(await shop.rows('grant').findMany({})).toEqual(grants);
    const timeless = (rows: object[]) => rows.map((row) => ({ ...row, updatedAt: null }));
    expect(timeless(await shop.rows('subscription').findMany({}))).toEqual(timeless(before));
  });

  it('what another site on the account sells is ignored', async () => {
    const product = await shop.client.products.create({ name: 'Elsewhere' });
    const price = await shop.client.prices.create({
      product: product.id,
      currency: 'eur',
      unit_amount: 700,
      recurring: { interval: 'month' },
    });
    const customer = await shop.client.customers.create({ email: 'somebody@elsewhere.example' });
    const card = await shop.client.paymentMethods.attach('pm_card_visa', {
      customer: customer.id,
    });
    const theirs = await shop.client.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      default_payment_method: card.id,
    });
    const before = await shop.counts();
    await tell({ data: { object: { id: theirs.id, object: 'subscription' } } });
    expect(await shop.counts()).toEqual({ ...before, inbox: (before.inbox ?? 0) + 1 });
  });
});

describe('with a live key', () => {
  let stripe: StripeSimulator;
  let shop: Shop;

  beforeAll(async () => {
    stripe = await startStripe({ now: START });
    shop = await openShop({
      simulator: stripe,
      webhook: false,
      env: { STRIPE_SECRET_KEY: stripe.liveSecretKey },
    });
  });
  afterAll(async () => {
    await shop.stop();
    await stripe.close();
  });

  it('an event of the test mode is ignored', async () => {
    const before = await shop.counts();
    const { status } = await send(shop.url, signed(print(anEvent())));
    await shop.background.idle();
    expect(status).toBe(200);
    expect(await shop.counts()).toEqual({ ...before, inbox: (before.inbox ?? 0) + 1 });
    expect(await shop.rows('inbox').findMany({})).toMatchObject([
      { status: 'ignored', livemode: false, key: null },
    ]);
    expect(shop.logs.join('')).not.toContain(stripe.liveSecretKey);
  });
});
