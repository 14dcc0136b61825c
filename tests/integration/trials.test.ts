import { DAY, openShop, type Reader, type Shop } from '../support/shop';
import { openDesk, type Desk } from './subscriptions-support';

const HOUR = 3_600_000;

/** One trial per person, by whichever door they come. */
describe('a trial', () => {
  let shop: Shop;
  let desk: Desk;
  let price: string;
  const heard: { name: string; stripeId: string }[] = [];

  beforeAll(async () => {
    shop = await openShop({ options: { pages: { claim: 'https://front.example/claim' } } });
    desk = openDesk(shop);
    price = await shop.price(await shop.tier('Gold'), { trialDays: 14 });
    for (const name of ['trial.ending', 'subscription.paused', 'subscription.resumed']) {
      shop.strapi.eventHub.on(name, ({ stripeId }: { stripeId: string }) => {
        heard.push({ name, stripeId });
        return Promise.resolve();
      });
    }
  });
  afterAll(async () => {
    await shop.stop();
  });
  afterEach(() => {
    expect(shop.stripe.violations).toEqual([]);
    heard.length = 0;
  });

  /** Buys as a guest with the reader's address, and claims that. */
  const buyAndClaim = async (reader: Reader): Promise<void> => {
    await shop.buy(null, price, { email: reader.email });
    const mails = await shop.mailbox.to(reader.email);
    const [link] = /https:\/\/\S+/.exec(mails.at(-1)?.text ?? '') ?? [];
    const token = new URL(link ?? 'nothing:').searchParams.get('token');
    await shop.http.post('/api/memberships/me/claim').set(reader.auth).send({ token }).expect(200);
  };

  it('is over; as a guest with the same address it gives nothing until it is paid, and says so', async () => {
    const reader = await shop.register('twice');
    await shop.buy(reader, price);
    const first = (await shop.me(reader)).subscriptions[0];
    expect(first).toMatchObject({ status: 'trialing', withheld: null });
    await shop.client.subscriptions.cancel(first?.stripeId ?? '');
    // The same minute; in the same second the smaller id would be the first.
    await shop.advance(30_000);

    await buyAndClaim(reader);
    expect(await desk.held(reader)).toEqual([]);
    const [second] = (await shop.me(reader)).subscriptions;
    expect(second).toMatchObject({ status: 'trialing', withheld: 'trial-used' });
    expect((await shop.me(reader)).nextPayment).toMatchObject({
      amount: 900,
      date: second?.trialEnd,
    });
    const granted = { subscription: { stripeId: second?.stripeId } };

    // The trial is over, its invoice waits for an hour: nothing is paid yet.
    await shop.advance(14 * DAY + HOUR / 2);
    expect((await shop.me(reader)).subscriptions[0]).toMatchObject({
      status: 'active',
      withheld: 'trial-used',
    });
    await shop.advance(HOUR);
    expect(await desk.held(reader)).toEqual(['gold']);
    expect((await shop.me(reader)).subscriptions[0]?.withheld).toBeNull();
    const grants = await shop.rows('grant').findMany({ where: granted });
    expect(grants.filter(({ endsAt }) => endsAt === null)).toHaveLength(1);
  });

  it('still running: the guest’s beside it gives nothing, and ends nothing', async () => {
    const reader = await shop.register('beside');
    await shop.buy(reader, price);
    await shop.advance(HOUR);
    await buyAndClaim(reader);
    const { subscriptions } = await shop.me(reader);
    expect(subscriptions.map(({ withheld }) => withheld)).toEqual(['trial-used', null]);
    expect(await desk.held(reader)).toEqual(['gold']);
  });

  it('of a guest that began first is the one; the member’s own gives way on the claim', async () => {
    const reader = await shop.register('guest-first');
    await shop.buy(null, price, { email: reader.email });
    await shop.advance(HOUR);
    await shop.buy(reader, price);
    const own = (await shop.me(reader)).subscriptions[0]?.stripeId ?? '';
    expect(await desk.held(reader)).toEqual(['gold']);
    const mails = await shop.mailbox.to(reader.email);
    const [link] = /https:\/\/\S+/.exec(mails.at(-1)?.text ?? '') ?? [];
    const token = new URL(link ?? 'nothing:').searchParams.get('token');
    await shop.http.post('/api/memberships/me/claim').set(reader.auth).send({ token }).expect(200);
    expect(await desk.held(reader)).toEqual(['gold']);
    expect(await desk.mine(reader, own)).toMatchObject({ withheld: 'trial-used' });
    // The grant of the second is over, that of the first goes on.
    const grants = await shop.rows('grant').findMany({
      where: { member: { user: { id: reader.id } } },
      populate: ['subscription'],
    });
    const open = grants.filter(({ endsAt }) => endsAt === null);
    expect(open.map(({ subscription }) => subscription?.stripeId === own)).toEqual([false]);
  });

  describe('for a guest who says who they are', () => {
    const termsOf = async (email?: string) => {
      const { status, body } = await shop.checkout(null, price, { email });
      expect(status).toBe(200);
      const session = await shop.client.checkout.sessions.retrieve(body.data.sessionId);
      return [session.customer_email, session.amount_total];
    };

    it('begins with their address, and offers no trial that its member has used', async () => {
      const reader = await shop.register('says-who');
      expect(await termsOf('New@mail.example')).toEqual(['new@mail.example', 0]);
      expect(await termsOf(reader.email)).toEqual([reader.email, 0]);
      await shop.buy(reader, price);
      expect(await termsOf(reader.email.toUpperCase())).toEqual([reader.email, 900]);
      expect(await termsOf()).toEqual([null, 0]);
    });

    it.each(['nobody', '', ' a@b.example', 5, ['a@b.example'], `${'a'.repeat(500)}@b.example`])(
      'is told of an address that is none: %j',
      async (email) => {
        const before = (await shop.client.checkout.sessions.list({ limit: 100 })).data.length;
        const { status, body } = await shop.http.post('/api/memberships/checkout').send({
          price,
          successUrl: 'https://front.example/',
          cancelUrl: 'https://front.example/',
          email,
        });
        expect([status, body.error.details.field]).toEqual([400, 'email']);
        expect((await shop.client.checkout.sessions.list({ limit: 100 })).data).toHaveLength(
          before
        );
      }
    );
  });

  it('is told to be ending once, three days before, whatever is sent how often', async () => {
    const reader = await shop.register('ending');
    await shop.buy(reader, price);
    const id = (await shop.me(reader)).subscriptions[0]?.stripeId ?? '';
    await shop.advance(10 * DAY);
    const told = () => heard.filter(({ stripeId }) => stripeId === id);
    expect(told()).toEqual([]);
    await shop.advance(DAY + HOUR);
    expect(told()).toEqual([{ name: 'trial.ending', stripeId: id }]);
    for (const event of shop.stripe.events()) {
      if (event.type.startsWith('customer.subscription')) shop.stripe.resend(event.id);
    }
    await shop.settle();
    expect(told()).toHaveLength(1);
    // Longer by a week: it is ending another time.
    const trial_end = Math.floor(shop.stripe.now() / 1000) + 7 * 86_400;
    await shop.client.subscriptions.update(id, { trial_end });
    await shop.advance(5 * DAY);
    expect(told()).toHaveLength(2);
  });

  it('cut short is paid at once, and is not told to be ending', async () => {
    const reader = await shop.register('short');
    await shop.buy(reader, price);
    const id = (await shop.me(reader)).subscriptions[0]?.stripeId ?? '';
    await shop.client.subscriptions.update(id, { trial_end: 'now' });
    await shop.settle();
    expect(await desk.mine(reader, id)).toMatchObject({ status: 'active', withheld: null });
    expect(heard).toEqual([]);
    expect(await desk.ledger(reader)).toEqual([
      { kind: 'new', mrrChange: '900000', memberChange: 1 },
    ]);
  });

  describe('without a card', () => {
    const begin = async (
      name: string,
      missing_payment_method: 'cancel' | 'pause' | 'create_invoice'
    ) => {
      const reader = await shop.register(name);
      const made = await desk.subscribe(
        reader,
        {
          items: [{ price: await desk.stripePrice(price) }],
          trial_period_days: 7,
          trial_settings: { end_behavior: { missing_payment_method } },
        },
        null
      );
      expect(await desk.held(reader)).toEqual(['gold']);
      await shop.advance(7 * DAY + 3 * HOUR);
      return { reader, id: made.id };
    };

    it('is canceled at its end', async () => {
      const { reader, id } = await begin('ends', 'cancel');
      expect(await desk.mine(reader, id)).toMatchObject({ status: 'canceled', withheld: 'ended' });
      expect(await desk.held(reader)).toEqual([]);
      expect(await desk.ledger(reader)).toEqual([]);
    });

    it('is paused at its end, and resumed with a card', async () => {
      const { reader, id } = await begin('pauses', 'pause');
      expect(await desk.mine(reader, id)).toMatchObject({
        status: 'paused',
        withheld: 'paused',
        paused: { resumesAt: null },
      });
      expect(await desk.held(reader)).toEqual([]);
      expect(heard.filter(({ name }) => name !== 'trial.ending')).toEqual([
        { name: 'subscription.paused', stripeId: id },
      ]);
      const customer = await desk.customerOf(reader);
      const card = await shop.client.paymentMethods.attach('pm_card_visa', { customer });
      await shop.client.subscriptions.update(id, { default_payment_method: card.id });
      await shop.client.subscriptions.resume(id);
      await shop.settle();
      expect(await desk.mine(reader, id)).toMatchObject({
        status: 'active',
        withheld: null,
        paused: null,
      });
      expect(await desk.held(reader)).toEqual(['gold']);
      expect(heard.at(-1)).toEqual({ name: 'subscription.resumed', stripeId: id });
    });

    it('is owed at its end, with the grace of a payment that fails', async () => {
      const { reader, id } = await begin('owes', 'create_invoice');
      expect(await desk.mine(reader, id)).toMatchObject({ status: 'past_due', withheld: null });
      expect(await desk.held(reader)).toEqual(['gold']);
      await shop.advance(20 * DAY);
      expect(await desk.held(reader)).toEqual([]);
    });
  });
});
