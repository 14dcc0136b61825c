import { openShop, DAY, FRONT, LINKS, START, type Shop } from '../support/shop';

/** A member with an account buys, manages and leaves. */
describe('a member', () => {
  let shop: Shop;
  let gold: string;
  let monthly: string;

  beforeAll(async () => {
    shop = await openShop();
    gold = await shop.tier('Gold', { rank: 2 });
    monthly = await shop.price(gold);
  });
  afterAll(async () => {
    await shop.stop();
  });
  afterEach(() => {
    expect(shop.stripe.violations).toEqual([]);
  });

  it('buys: one grant, one movement, one payment, and the next payment is known', async () => {
    const reader = await shop.register('buyer');
    const answer = await shop.checkout(reader, monthly);
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body.data).sort()).toEqual(['sessionId', 'url']);
    expect(answer.body.data.url).toContain(`/c/pay/${answer.body.data.sessionId}`);
    // Nothing is held for having looked at the payment page.
    expect((await shop.me(reader)).tiers).toEqual([]);

    shop.stripe.pay(answer.body.data.sessionId);
    await shop.settle();

    const me = await shop.me(reader);
    expect(me.tiers).toEqual([
      {
        documentId: gold,
        name: 'Gold',
        slug: 'gold',
        sources: ['subscription'],
        until: null,
        includedBy: null,
      },
    ]);
    expect(me.grants).toEqual([
      expect.objectContaining({ source: 'subscription', endsAt: null, active: true }),
    ]);
    expect(me.subscriptions).toEqual([
      expect.objectContaining({
        status: 'active',
        currency: 'eur',
        livemode: false,
        currentPeriodEnd: '2026-02-15T12:00:00.000Z',
        items: [
          {
            tier: { documentId: gold, name: 'Gold', slug: 'gold' },
            quantity: 1,
            amount: 900,
            interval: 'month',
            intervalCount: 1,
          },
        ],
      }),
    ]);
    expect(me.nextPayment).toEqual({
      amount: 900,
      currency: 'eur',
      exponent: 2,
      date: '2026-02-15T12:00:00.000Z',
    });

    const member = { member: { documentId: me.member.documentId } };
    const movements = await shop.rows('movement').findMany({ where: member });
    expect(movements).toEqual([
      expect.objectContaining({
        kind: 'new',
        mrrChange: '900000',
        memberChange: 1,
        currency: 'eur',
        period: '2026-01',
        occurredAt: new Date(START).toISOString(),
        livemode: false,
      }),
    ]);
    const payments = await shop.rows('payment').findMany({ where: member });
    expect(payments).toEqual([
      expect.objectContaining({
        status: 'paid',
        amountPaid: '900',
        billingReason: 'subscription_create',
      }),
    ]);
  });

  it('names the signed-in member at Stripe and sends them back where they came from', async () => {
    const reader = await shop.register('named');
    const { body } = await shop.checkout(reader, monthly);
    const session = await shop.client.checkout.sessions.retrieve(body.data.sessionId, {
      expand: ['customer'],
    });
    expect(session).toMatchObject({
      success_url: LINKS.successUrl,
      cancel_url: LINKS.cancelUrl,
      customer: { email: reader.email },
    });
    expect(session.metadata).toMatchObject({ price: monthly });
  });

  it('clicks ten times at once: one customer, and one page that can be paid', async () => {
    const reader = await shop.register('hasty');
    const before = (await shop.client.customers.list({ limit: 100 })).data.length;
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => shop.checkout(reader, monthly))
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));

    const customers = (await shop.client.customers.list({ limit: 100 })).data;
    expect(customers.length).toBe(before + 1);
    expect(await shop.rows('customer').count({ where: { email: reader.email } })).toBe(1);
    const open = await shop.client.checkout.sessions.list({
      customer: customers[0]?.id,
      status: 'open',
    });
    expect(open.data).toHaveLength(1);
  });

  it('is sent to the portal instead of a second subscription, webhooks or not', async () => {
    const reader = await shop.register('twice');
    const { body } = await shop.checkout(reader, monthly);
    const second = await shop.checkout(reader, monthly);
    expect(second.status).toBe(200);
    // The first page was closed when the second was opened.
    expect(() => shop.stripe.pay(body.data.sessionId)).toThrow();
    shop.stripe.pay(second.body.data.sessionId);
    // Right after paying: no event was waited for.
    const conflict = await shop.checkout(reader, monthly);
    expect(conflict.status).toBe(409);
    expect(conflict.body).toEqual({
      data: null,
      error: {
        status: 409,
        name: 'ConflictError',
        message: expect.stringContaining('portal'),
        details: { code: 'subscription-exists', portal: '/api/memberships/me/portal' },
      },
    });
    await shop.settle();
    expect((await shop.checkout(reader, monthly)).status).toBe(409);
    expect((await shop.me(reader)).subscriptions).toHaveLength(1);
  });

  it('cancels in the portal: reads on until the period ends, then not; the reason is kept', async () => {
    const reader = await shop.register('leaver');
    await shop.buy(reader, monthly);
    const portal = await shop.http
      .post('/api/memberships/me/portal')
      .set(reader.auth)
      .send({ returnUrl: `${FRONT}/account` })
      .expect(200);
    const page: string = portal.body.data.url;
    const [subscription] = (await shop.me(reader)).subscriptions;
    const cancelled = await fetch(`${page}/cancel`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({
        subscription: subscription?.stripeId ?? '',
        feedback: 'too_expensive',
        comment: 'maybe later',
      }),
    });
    expect(cancelled.status).toBe(303);
    await shop.settle();

    const before = await shop.me(reader);
    expect(before.tiers).toHaveLength(1);
    expect(before.nextPayment).toBeNull();
    expect(before.subscriptions[0]?.cancelAt).toBe(before.subscriptions[0]?.currentPeriodEnd);

    await shop.advance(32 * DAY);
    const after = await shop.me(reader);
    expect(after.tiers).toEqual([]);
    expect(after.subscriptions[0]?.status).toBe('canceled');
    expect(after.grants[0]).toMatchObject({ active: false, endsAt: '2026-02-15T12:00:00.000Z' });

    const where = { member: { documentId: after.member.documentId } };
    const movements = await shop.rows('movement').findMany({ where, orderBy: { id: 'asc' } });
    expect(movements).toMatchObject([
      { kind: 'new', memberChange: 1 },
      {
        kind: 'churn',
        memberChange: -1,
        mrrChange: '-900000',
        reason: 'too_expensive',
        occurredAt: '2026-02-15T12:00:00.000Z',
        period: '2026-02',
      },
    ]);
    // Whoever left may come back.
    expect((await shop.checkout(reader, monthly)).status).toBe(200);
  });

  it('has no portal before the first purchase', async () => {
    const reader = await shop.register('looker');
    const answer = await shop.http
      .post('/api/memberships/me/portal')
      .set(reader.auth)
      .send({ returnUrl: `${FRONT}/account` });
    expect(answer.status).toBe(409);
    expect(answer.body.error).toMatchObject({
      name: 'ConflictError',
      details: { code: 'no-customer' },
    });
  });

  it('fails to renew: grace, then no access, then canceled', async () => {
    const reader = await shop.register('broke');
    await shop.buy(reader, monthly, { card: 'pm_card_visa' });
    const [subscription] = (await shop.me(reader)).subscriptions;
    const id = subscription?.stripeId ?? '';
    const customer = (await shop.client.subscriptions.retrieve(id)).customer;
    const failing = await shop.client.paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: typeof customer === 'string' ? customer : customer.id,
    });
    await shop.client.subscriptions.update(id, { default_payment_method: failing.id });

    // The renewal's invoice is collected an hour after the period began.
    const end = Date.parse(subscription?.currentPeriodEnd ?? '');
    await shop.advance(end - shop.stripe.now() + DAY / 12);
    const grace = await shop.me(reader);
    expect(grace.subscriptions[0]?.status).toBe('past_due');
    expect(grace.tiers).toMatchObject([{ slug: 'gold' }]);
    const until = Date.parse(grace.tiers[0]?.until ?? '');
    const failedAt = end + 3_600_000;
    expect(until).toBe(failedAt + 14 * DAY);
    expect(grace.nextPayment).toBeNull();

    await shop.advance(until - shop.stripe.now() + 1000);
    const over = await shop.me(reader);
    expect(over.subscriptions[0]?.status).toBe('past_due');
    expect(over.tiers).toEqual([]);
    // Still a live subscription: paying what is owed is the way back.
    expect((await shop.checkout(reader, monthly)).status).toBe(409);

    await shop.advance(3 * DAY);
    const ended = await shop.me(reader);
    expect(ended.subscriptions[0]?.status).toBe('canceled');
    expect(ended.grants).toHaveLength(1);
    const where = { member: { documentId: ended.member.documentId } };
    const movements = await shop.rows('movement').findMany({ where, orderBy: { id: 'asc' } });
    expect(movements).toMatchObject([
      { kind: 'new' },
      { kind: 'churn', reason: 'payment_failed', memberChange: -1 },
    ]);
  });

  it('recovers within the grace: the same grant goes on', async () => {
    const reader = await shop.register('saved');
    await shop.buy(reader, monthly);
    const [subscription] = (await shop.me(reader)).subscriptions;
    const id = subscription?.stripeId ?? '';
    const { customer } = await shop.client.subscriptions.retrieve(id);
    const owner = typeof customer === 'string' ? customer : customer.id;
    const use = async (card: string) => {
      const method = await shop.client.paymentMethods.attach(card, { customer: owner });
      await shop.client.subscriptions.update(id, { default_payment_method: method.id });
    };
    await use('pm_card_chargeCustomerFail');
    const end = Date.parse(subscription?.currentPeriodEnd ?? '');
    await shop.advance(end - shop.stripe.now() + DAY / 12);
    expect((await shop.me(reader)).tiers[0]?.until).not.toBeNull();

    await use('pm_card_visa');
    await shop.advance(4 * DAY);
    const me = await shop.me(reader);
    expect(me.subscriptions[0]?.status).toBe('active');
    expect(me.tiers).toMatchObject([{ slug: 'gold', until: null }]);
    expect(me.grants).toHaveLength(1);
    const where = { member: { documentId: me.member.documentId } };
    expect(await shop.rows('movement').count({ where })).toBe(1);
  });

  it('tries for free: no revenue until the first payment, and only once', async () => {
    const price = await shop.price(gold, { amount: 1200, trialDays: 14 });
    const reader = await shop.register('trier');
    await shop.buy(reader, price);
    const trial = await shop.me(reader);
    expect(trial.subscriptions[0]?.status).toBe('trialing');
    expect(trial.tiers).toMatchObject([{ slug: 'gold' }]);
    const where = { member: { documentId: trial.member.documentId } };
    expect(await shop.rows('movement').count({ where })).toBe(0);
    const started = shop.stripe.now();
    expect(trial.nextPayment).toMatchObject({
      amount: 1200,
      date: new Date(started + 14 * DAY).toISOString(),
    });

    await shop.advance(15 * DAY);
    expect((await shop.me(reader)).subscriptions[0]?.status).toBe('active');
    expect(await shop.rows('movement').findMany({ where })).toMatchObject([
      {
        kind: 'new',
        mrrChange: '1200000',
        occurredAt: new Date(started + 14 * DAY).toISOString(),
      },
    ]);

    const [subscription] = (await shop.me(reader)).subscriptions;
    await shop.client.subscriptions.cancel(subscription?.stripeId ?? '');
    await shop.settle();
    await shop.buy(reader, price);
    expect((await shop.me(reader)).subscriptions[0]?.status).toBe('active');
    expect(await shop.rows('movement').findMany({ where, orderBy: { id: 'asc' } })).toMatchObject([
      { kind: 'new' },
      { kind: 'churn' },
      { kind: 'reactivation', memberChange: 1 },
    ]);
  });

  it('pays once for good: a purchase grant, no revenue that recurs', async () => {
    const lifetime = await shop.price(gold, { amount: 20_000, interval: null });
    const reader = await shop.register('forever');
    const session = await shop.buy(reader, lifetime);
    const me = await shop.me(reader);
    expect(me.tiers).toMatchObject([{ slug: 'gold', sources: ['purchase'], until: null }]);
    expect(me.subscriptions).toEqual([]);
    expect(me.nextPayment).toBeNull();
    const where = { member: { documentId: me.member.documentId } };
    expect(await shop.rows('movement').count({ where })).toBe(0);

    await shop.http.post('/api/memberships/checkout/sync').send({ sessionId: session }).expect(200);
    expect((await shop.me(reader)).grants).toHaveLength(1);
  });

  it('is not served with the account of a user who was deleted', async () => {
    const reader = await shop.register('deleted');
    await shop.rows('user').delete({ where: { id: reader.id } });
    const before = await shop.counts();
    const answers = await Promise.all([
      shop.checkout(reader, monthly),
      shop.http.get('/api/memberships/me').set(reader.auth),
      shop.http
        .post('/api/memberships/me/portal')
        .set(reader.auth)
        .send({ returnUrl: `${FRONT}/account` }),
    ]);
    for (const { status, body } of answers) {
      expect(status).toBe(401);
      expect(body.error).toMatchObject({
        name: 'UnauthorizedError',
        details: { code: 'user-deleted', field: 'Authorization' },
      });
    }
    expect(await shop.counts()).toEqual(before);
  });
});
