import { request as httpRequest } from 'node:http';
import Stripe from 'stripe';
import { openLine, type Line } from '../support/line';
import { idOf } from '../../server/src/billing/readers/common';
import { getService } from '../../server/src/get-service';
import { lockMember, transaction } from '../../server/src/store';
import { DAY, openShop, START, WEBHOOK_SECRET, type Reader, type Shop } from '../support/shop';
import { startStripe, type StripeSimulator } from '../stripe';

const OLD_SECRET = 'whsec_before_the_rotation';

/** What Stripe delivers, and what others deliver in its name. */
describe('the webhook', () => {
  let stripe: StripeSimulator;
  let line: Line;
  let shop: Shop;
  let gold: string;
  let monthly: string;
  let account: string;

  beforeAll(async () => {
    stripe = await startStripe({ now: START });
    line = await openLine(stripe.url);
    shop = await openShop({
      simulator: stripe,
      webhook: false,
      env: {
        STRIPE_API_BASE: line.url,
        STRIPE_WEBHOOK_SECRET: ` ${OLD_SECRET} , ${WEBHOOK_SECRET}\n`,
      },
    });
    gold = await shop.tier('Gold');
    monthly = await shop.price(gold);
    account = (await shop.client.accounts.retrieveCurrent()).id;
  });
  afterAll(async () => {
    await shop.stop();
    await line.close();
    await stripe.close();
  });
  afterEach(() => {
    line.mend();
    expect(stripe.violations).toEqual([]);
  });

  const sign = (payload: string, options: { secret?: string; age?: number } = {}): string =>
    Stripe.webhooks.generateTestHeaderString({
      payload,
      secret: options.secret ?? WEBHOOK_SECRET,
      timestamp: Math.floor(Date.now() / 1000) - (options.age ?? 0),
    });

  const post = (payload: string, signature?: string) => {
    const request = shop.http
      .post('/api/memberships/webhook')
      .set('content-type', 'application/json; charset=utf-8');
    if (signature !== undefined) request.set('stripe-signature', signature);
    return request.send(payload);
  };

  let number = 0;
  const event = (changes: Record<string, unknown> = {}): string =>
    JSON.stringify(
      {
        id: `evt_test${++number}`,
        object: 'event',
        api_version: Stripe.API_VERSION,
        created: Math.floor(START / 1000),
        livemode: false,
        pending_webhooks: 1,
        request: { id: null, idempotency_key: null },
        type: 'customer.created',
        data: { object: { id: 'cus_somebody', object: 'customer' } },
        ...changes,
      },
      null,
      2
    );

  const inboxOf = (payload: string) =>
    shop.rows('inbox').findOne({ where: { stripeId: String(JSON.parse(payload).id) } });

  /** Delivers what the simulator recorded since `from`, in whichever order. */
  const deliver = async (from: number, order: (ids: string[]) => string[]): Promise<void> => {
    const bodies = new Map(
      stripe
        .events()
        .slice(from)
        .map((one) => [one.id, JSON.stringify(one, null, 2)] as const)
    );
    for (const id of order([...bodies.keys()])) {
      const body = bodies.get(id) ?? '';
      await post(body, sign(body)).expect(200);
    }
    await shop.background.idle();
  };

  /** Pays, with no webhook to tell of it. */
  const pay = async (reader: Reader): Promise<{ session: string; from: number }> => {
    const { body } = await shop.checkout(reader, monthly);
    const from = stripe.events().length;
    stripe.pay(body.data.sessionId);
    return { session: body.data.sessionId, from };
  };

  /** What a paid membership is made of, and how much of it there is. */
  const holdings = async (reader: Reader) => {
    const me = await shop.me(reader);
    const where = { member: { documentId: me.member.documentId } };
    return {
      tiers: me.tiers.map(({ slug }) => slug),
      grants: me.grants.length,
      subscriptions: me.subscriptions.map(({ status }) => status),
      movements: (await shop.rows('movement').findMany({ where, orderBy: { id: 'asc' } })).map(
        ({ kind }) => kind
      ),
      payments: await shop.rows('payment').count({ where }),
    };
  };

  const PAID = {
    tiers: ['gold'],
    grants: 1,
    subscriptions: ['active'],
    movements: ['new'],
    payments: 1,
  };

  describe('answers 400 and keeps nothing', () => {
    const body = event();
    const cases: [string, () => [string, string | undefined], string][] = [
      ['without a signature', () => [body, undefined], 'signature-invalid'],
      ['with an empty signature', () => [body, ''], 'signature-invalid'],
      ['with nonsense for a signature', () => [body, 'nonsense'], 'signature-invalid'],
      [
        'signed with another secret',
        () => [body, sign(body, { secret: 'whsec_forged' })],
        'signature-invalid',
      ],
      ['signed for another body', () => [body, sign(event())], 'signature-invalid'],
      ['changed by one byte', () => [`${body} `, sign(body)], 'signature-invalid'],
      [
        'with only an old scheme',
        () => [body, sign(body).replace('v1=', 'v0=')],
        'signature-invalid',
      ],
      ['signed 301 seconds ago', () => [body, sign(body, { age: 301 })], 'signature-invalid'],
      ['dated in the future', () => [body, sign(body, { age: -400 })], 'signature-invalid'],
      ...['{"id": ', 'null', '5', '"text"', '[]', '{}', ''].map(
        (text): [string, () => [string, string], string] => [
          `signed, yet no event: ${text || 'nothing'}`,
          () => [text, sign(text)],
          'payload-invalid',
        ]
      ),
      [
        'a thin event',
        () => {
          const thin = JSON.stringify({ id: 'evt_thin', object: 'v2.core.event', type: 'v1.x' });
          return [thin, sign(thin)];
        },
        'payload-invalid',
      ],
      [
        'an event about nothing',
        () => {
          const empty = event({ data: {} });
          return [empty, sign(empty)];
        },
        'payload-invalid',
      ],
    ];

    it.each(cases)('%s', async (_name, make, code) => {
      const before = await shop.counts();
      const [payload, signature] = make();
      const { status, body: answer } = await post(payload, signature);
      expect(status).toBe(400);
      expect(answer).toEqual({
        data: null,
        error: {
          status: 400,
          name: 'ValidationError',
          message: expect.any(String),
          details: { code, field: code === 'signature-invalid' ? 'stripe-signature' : 'body' },
        },
      });
      expect(JSON.stringify(answer)).not.toContain('whsec');
      expect(await shop.counts()).toEqual(before);
    });
  });

  it('takes every configured secret while one is rotated', async () => {
    for (const secret of [OLD_SECRET, WEBHOOK_SECRET]) {
      const body = event();
      await post(body, sign(body, { secret })).expect(200);
      await shop.background.idle();
      expect(await inboxOf(body)).toMatchObject({ status: 'ignored' });
    }
    const both = event();
    const [time, old] = sign(both, { secret: OLD_SECRET }).split(',');
    const signature = `${time},v1=${'0'.repeat(64)},${old}`;
    await post(both, signature).expect(200);
  });

  it('answers 413 to more than a megabyte, announced or not', async () => {
    const before = await shop.counts();
    const large = JSON.stringify({ padding: 'x'.repeat(1024 * 1024) });
    const { status, body } = await post(large, sign(large));
    expect(status).toBe(413);
    expect(body.error).toMatchObject({
      name: 'PayloadTooLargeError',
      details: { code: 'payload-too-large', field: 'body' },
    });

    const chunked = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(`${shop.url}/api/memberships/webhook`, { method: 'POST' });
      request.on('response', ({ statusCode }) => resolve(statusCode));
      request.on('error', reject);
      for (let at = 0; at < 20; at += 1) request.write('x'.repeat(64 * 1024));
      request.end();
    });
    expect(chunked).toBe(413);
    expect(await shop.counts()).toEqual(before);
  });

  it('reads raw bytes whatever they are called', async () => {
    const body = event({
      data: { object: { id: 'cus_é', object: 'customer', name: 'Zoë \u2028' } },
    });
    await shop.http
      .post('/api/memberships/webhook/')
      .set('content-type', 'text/plain')
      .set('stripe-signature', sign(body))
      .send(body)
      .expect(200);
  });

  it.each([
    ['of the other mode', { livemode: true }],
    ['of another account', { account: 'acct_somebody_else' }],
    ['of a type that changes nothing here', { type: 'charge.refund.updated' }],
    ['of a type that nobody knows yet', { type: 'wish.granted' }],
  ])('stores and ignores an event %s', async (_name, changes) => {
    const object = { id: 'sub_of_somebody', object: 'subscription' };
    const body = event({ type: 'customer.subscription.updated', data: { object }, ...changes });
    const before = { ...(await shop.counts()), inbox: 0 };
    const asked = line.requests.length;
    await post(body, sign(body)).expect(200, { received: true });
    await shop.background.idle();
    expect(await inboxOf(body)).toMatchObject({ status: 'ignored', key: null });
    expect({ ...(await shop.counts()), inbox: 0 }).toEqual(before);
    expect(line.requests.slice(asked)).toEqual([]);
  });

  it('leaves what belongs to another site on the account alone', async () => {
    const from = stripe.events().length;
    const product = await shop.client.products.create({ name: 'Elsewhere' });
    const price = await shop.client.prices.create({
      product: product.id,
      currency: 'eur',
      unit_amount: 700,
      recurring: { interval: 'month' },
    });
    const session = await shop.client.checkout.sessions.create({
      mode: 'subscription',
      line_items: [{ price: price.id, quantity: 1 }],
      success_url: 'https://elsewhere.example',
      cancel_url: 'https://elsewhere.example',
    });
    stripe.pay(session.id, { email: 'customer@elsewhere.example' });
    const before = { ...(await shop.counts()), inbox: 0 };
    await deliver(from, (ids) => ids);
    expect({ ...(await shop.counts()), inbox: 0 }).toEqual(before);
    expect(await shop.rows('inbox').count({ where: { status: 'pending' } })).toBe(0);
    expect(await shop.mailbox.all()).toEqual([]);

    // Nor does the success page of our site take it in.
    const { body } = await shop.http
      .post('/api/memberships/checkout/sync')
      .send({ sessionId: session.id });
    expect(body.data).toEqual({ status: 'complete', synced: false, account: null });
    expect({ ...(await shop.counts()), inbox: 0 }).toEqual(before);
  });

  it('a subscription that is gone is recorded as such, not tried for ever', async () => {
    const object = { id: 'sub_never_was', object: 'subscription' };
    const body = event({ type: 'customer.subscription.updated', data: { object } });
    await post(body, sign(body)).expect(200);
    await shop.background.idle();
    expect(await inboxOf(body)).toMatchObject({ status: 'ignored', key: 'sub_never_was' });
  });

  it.each([
    ['in order', (ids: string[]) => ids],
    ['backwards', (ids: string[]) => ids.toReversed()],
    ['three times over', (ids: string[]) => [...ids, ...ids.toReversed(), ...ids]],
    ['with only the last one left', (ids: string[]) => ids.slice(-1)],
  ])('comes to the same %s', async (name, order) => {
    const reader = await shop.register(`order-${name.replaceAll(' ', '-')}`);
    const { from } = await pay(reader);
    await deliver(from, order);
    expect(await holdings(reader)).toEqual(PAID);
  });

  it('stores one of twenty identical deliveries at once', async () => {
    const reader = await shop.register('echo');
    const { from } = await pay(reader);
    const completed = stripe
      .events()
      .slice(from)
      .find(({ type }) => type === 'checkout.session.completed');
    const body = JSON.stringify(completed, null, 2);
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(body, sign(body))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await shop.background.idle();
    expect(await shop.rows('inbox').count({ where: { stripeId: completed?.id } })).toBe(1);
    expect(await holdings(reader)).toEqual(PAID);
  });

  it('does not need to come at all: the success page synchronises', async () => {
    const reader = await shop.register('webhookless');
    const { session } = await pay(reader);
    const { status, body } = await shop.http
      .post('/api/memberships/checkout/sync')
      .send({ sessionId: session });
    expect(status).toBe(200);
    expect(body).toEqual({ data: { status: 'complete', synced: true, account: 'member' } });
    expect(await holdings(reader)).toEqual(PAID);
  });

  it('races the success page to one grant and one movement', async () => {
    const reader = await shop.register('racer');
    const { session, from } = await pay(reader);
    const page = () =>
      shop.http.post('/api/memberships/checkout/sync').send({ sessionId: session }).expect(200);
    await Promise.all([page(), deliver(from, (ids) => ids), page(), page()]);
    await shop.background.idle();
    expect(await holdings(reader)).toEqual(PAID);
  });

  it('an old event that comes again does not undo what happened since', async () => {
    const reader = await shop.register('replay');
    const { from } = await pay(reader);
    await deliver(from, (ids) => ids);
    const [subscription] = (await shop.me(reader)).subscriptions;
    const end = stripe.events().length;
    await shop.client.subscriptions.cancel(subscription?.stripeId ?? '');
    await deliver(end, (ids) => ids);
    const ended = await holdings(reader);
    expect(ended).toMatchObject({ tiers: [], movements: ['new', 'churn'] });

    const old = stripe.events().slice(from, end);
    for (const one of old) {
      // Under a new id, as a second endpoint on the same account would send it.
      const body = JSON.stringify({ ...one, id: `${one.id}_again` }, null, 2);
      await post(body, sign(body)).expect(200);
    }
    await shop.background.idle();
    expect(await holdings(reader)).toEqual(ended);
  });

  it('is tried again after an outage at Stripe, and then written once', async () => {
    const reader = await shop.register('outage');
    const { from } = await pay(reader);
    line.cut();
    await deliver(from, (ids) => ids);
    const waiting = await shop.rows('inbox').findMany({ where: { status: 'pending' } });
    expect(waiting.length).toBeGreaterThan(0);
    expect(waiting.every(({ attempts, error }) => attempts >= 1 && error !== null)).toBe(true);
    expect(waiting.map(({ error }) => error).join()).not.toContain(stripe.secretKey);
    expect((await shop.me(reader)).tiers).toEqual([]);

    line.mend();
    await shop.advance(60_000);
    expect(await holdings(reader)).toEqual(PAID);
    expect(await shop.rows('inbox').count({ where: { status: 'pending' } })).toBe(0);
  });

  it('survives a restart between the answer and the work', async () => {
    const reader = await shop.register('restart');
    const { from } = await pay(reader);
    line.cut();
    await deliver(from, (ids) => ids);
    await stripe.advance(120_000);
    const { database } = shop;
    await shop.stop({ database: true });

    line.mend();
    shop = await openShop({
      simulator: stripe,
      webhook: false,
      database,
      env: { STRIPE_API_BASE: line.url },
    });
    await shop.background.idle();
    expect(await holdings(reader)).toEqual(PAID);
  });

  it('knows the account by its own name too', async () => {
    const body = event({ account });
    await post(body, sign(body)).expect(200);
    expect(await inboxOf(body)).toMatchObject({ account });
  });

  it('two syncs of one member know of each other, even where one waited for the other', async () => {
    const { strapi } = shop;
    const { worker } = getService(strapi, 'billing');
    const reader = await shop.register('waiting');
    const { session } = await pay(reader);
    await worker.syncNow(session);
    const [bought] = (await shop.me(reader)).subscriptions;
    const { customer, items } = await shop.client.subscriptions.cancel(bought?.stripeId ?? '');
    await worker.syncNow(bought?.stripeId ?? '');
    // One trial a person: of two that begin at once, one gives something.
    const trial = {
      customer: idOf(customer) ?? '',
      items: [{ price: items.data[0]?.price.id }],
      trial_period_days: 14,
    };
    const trials = [
      await shop.client.subscriptions.create(trial),
      await shop.client.subscriptions.create(trial),
    ];

    const { documentId } = (await shop.me(reader)).member;
    const member = await shop.rows('member').findOne({ where: { documentId } });
    const queued = new Promise<void>((resolve) => {
      let asked = 0;
      strapi.db.connection.on('query', ({ sql }: { sql: string }) => {
        if (!/memberships_members.* for update/.test(sql)) return;
        asked += 1;
        // The holder's, and those of both syncs.
        if (asked === 3) resolve();
      });
    });
    let free: () => void = () => undefined;
    const freed = new Promise<void>((resolve) => {
      free = resolve;
    });
    let holder = Promise.resolve();
    await new Promise<void>((locked) => {
      holder = transaction(strapi, async () => {
        await lockMember(strapi, member?.id ?? 0);
        locked();
        await freed;
      });
    });
    const both = Promise.all(trials.map(({ id }) => worker.syncNow(id)));
    // On SQLite's one connection nobody gets as far as to wait for a row.
    if (strapi.db.dialect.client !== 'sqlite') await queued;
    free();
    await Promise.all([holder, both]);

    const { grants } = await shop.me(reader);
    expect(grants.filter(({ active }) => active)).toHaveLength(1);
  });

  it('ends a subscription that Stripe does not have, and none for want of something else', async () => {
    const { worker } = getService(shop.strapi, 'billing');
    const reader = await shop.register('incomplete-answers');
    const { session } = await pay(reader);
    await worker.syncNow(session);
    const [bought] = (await shop.me(reader)).subscriptions;
    const stripeId = bought?.stripeId ?? '';
    const { customer } = await shop.client.subscriptions.retrieve(stripeId);
    const card = 'pm_card_chargeCustomerFail';
    const { id } = await shop.client.paymentMethods.attach(card, {
      customer: idOf(customer) ?? '',
    });
    await shop.client.subscriptions.update(stripeId, { default_payment_method: id });
    await shop.advance(32 * DAY);

    line.refuse(/payment_intents/, 404, {
      type: 'invalid_request_error',
      code: 'resource_missing',
      param: 'intent',
      message: 'No such payment_intent',
    });
    await worker.syncNow(stripeId);
    const { subscriptions, tiers } = await shop.me(reader);
    expect(subscriptions).toMatchObject([{ stripeId, status: 'past_due' }]);
    expect(tiers).toMatchObject([{ slug: 'gold' }]);
  });
});
