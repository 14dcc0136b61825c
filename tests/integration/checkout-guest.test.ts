import { openShop, DAY, type Reader, type Shop } from '../support/shop';

/** Somebody without an account buys; the account comes from what they paid, never from what they typed. */
describe('a guest', () => {
  let shop: Shop;
  let gold: string;
  let monthly: string;

  beforeAll(async () => {
    shop = await openShop({
      options: {
        pages: {
          setPassword: 'https://front.example/set-password?from=mail',
          claim: 'https://front.example/claim',
        },
      },
    });
    gold = await shop.tier('Gold');
    monthly = await shop.price(gold);
    await shop.tier('Free', { kind: 'free' });
  });
  afterAll(async () => {
    await shop.stop();
  });
  afterEach(() => {
    expect(shop.stripe.violations).toEqual([]);
  });

  const sync = (sessionId: string) =>
    shop.http.post('/api/memberships/checkout/sync').send({ sessionId });

  /** The one link of a mail. */
  const linkIn = (text: string | undefined): URL => {
    const [link] = /https:\/\/\S+/.exec(text ?? '') ?? [];
    return new URL(link ?? 'nothing:');
  };

  const claim = (reader: Reader, token: string) =>
    shop.http.post('/api/memberships/me/claim').set(reader.auth).send({ token });

  it('with a new e-mail gets an account, one mail, and a password that signs them in', async () => {
    const email = 'New.Reader@mail.example';
    const session = await shop.buy(null, monthly, { email });
    const address = email.toLowerCase();

    const users = await shop.rows('user').findMany({ where: { email: address } });
    expect(users).toHaveLength(1);
    const mails = await shop.mailbox.to(address);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.html).toContain('Set your password');

    // Neither the success page nor Stripe's repetitions send it again.
    const answer = await sync(session);
    expect(answer.body).toEqual({
      data: { status: 'complete', synced: true, account: 'set-password' },
    });
    for (const { id, type } of shop.stripe.events()) {
      if (type.startsWith('checkout.')) shop.stripe.resend(id);
    }
    await shop.settle();
    expect(await shop.mailbox.to(address)).toHaveLength(1);
    expect(await shop.rows('user').count({ where: { email: address } })).toBe(1);

    const link = linkIn(mails[0]?.text);
    expect(link.origin + link.pathname).toBe('https://front.example/set-password');
    expect(link.searchParams.get('from')).toBe('mail');
    await shop.http
      .post('/api/auth/reset-password')
      .send({
        code: link.searchParams.get('code'),
        password: 'Fresh-12345',
        passwordConfirmation: 'Fresh-12345',
      })
      .expect(200);
    const reader = await shop.signIn(address, 'Fresh-12345');
    const me = await shop.me(reader);
    expect(me.tiers.map(({ slug }) => slug).sort()).toEqual(['free', 'gold']);
    expect(me.member.email).toBe(address);
    expect(me.subscriptions).toHaveLength(1);

    // From now on they are a member like any other.
    const portal = await shop.http
      .post('/api/memberships/me/portal')
      .set(reader.auth)
      .send({ returnUrl: 'https://front.example/account' });
    expect(portal.status).toBe(200);
    const lifetime = await shop.price(gold, { amount: 9900, interval: null });
    const next = await shop.buy(reader, lifetime);
    expect((await sync(next)).body.data).toEqual({
      status: 'complete',
      synced: true,
      account: 'member',
    });
  });

  it('never gets the mail of a checkout that was not paid', async () => {
    const { body } = await shop.checkout(null, monthly);
    const declined = shop.stripe.pay(body.data.sessionId, {
      email: 'declined@mail.example',
      outcome: 'decline',
    });
    expect(declined.outcome).toBe('declined');
    await shop.settle();
    expect((await sync(body.data.sessionId)).body.data).toEqual({
      status: 'open',
      synced: false,
      account: null,
    });
    expect(await shop.mailbox.to('declined@mail.example')).toEqual([]);
    expect(await shop.rows('user').count({ where: { email: 'declined@mail.example' } })).toBe(0);
  });

  it('who pays on several pages at once gets one account, and a claim for the rest', async () => {
    const email = 'eager@mail.example';
    const pages = await Promise.all(Array.from({ length: 4 }, () => shop.checkout(null, monthly)));
    for (const { body } of pages) shop.stripe.pay(body.data.sessionId, { email });
    await Promise.all(pages.map(({ body }) => sync(body.data.sessionId)));
    await shop.settle();
    expect(await shop.rows('user').count({ where: { email } })).toBe(1);
    const subjects = (await shop.mailbox.to(email)).map(({ subject }) => subject).sort();
    expect(subjects).toHaveLength(4);
    expect(subjects.filter((subject) => subject.includes('password'))).toHaveLength(1);
  });

  it('waits for money that is on its way, then gets all of it', async () => {
    const email = 'bank@mail.example';
    const lifetime = await shop.price(gold, { amount: 7700, interval: null });
    const { body } = await shop.checkout(null, lifetime);
    const { sessionId } = body.data;
    const world = shop.stripe.worldFor(false);
    shop.stripe.pay(sessionId, { email });
    // A bank debit: the page is done, the money takes days.
    const sessions = world.tables.checkoutSessions;
    const paid = sessions.get(sessionId);
    if (!paid) throw new Error('no session');
    sessions.put({ ...paid, payment_status: 'unpaid' });
    await shop.settle();
    expect((await sync(sessionId)).body.data).toMatchObject({ synced: false, account: null });
    expect(await shop.rows('user').count({ where: { email } })).toBe(0);
    const bought = { reference: { $startsWith: sessionId } };
    expect(await shop.rows('grant').count({ where: bought })).toBe(0);

    sessions.put(paid);
    shop.stripe.emit(world, 'checkout.session.async_payment_succeeded', paid);
    await shop.settle();
    expect(await shop.mailbox.to(email)).toHaveLength(1);
    const grants = await shop.rows('grant').findMany({ where: bought });
    expect(grants).toMatchObject([{ source: 'purchase', endsAt: null }]);
  });

  describe('whose e-mail belongs to a user', () => {
    let owner: Reader;
    let stranger: Reader;
    let token: string;

    beforeAll(async () => {
      owner = await shop.register('owner');
      stranger = await shop.register('stranger');
      await shop.buy(null, monthly, { email: owner.email.toUpperCase() });
      const [mail] = await shop.mailbox.to(owner.email);
      token = linkIn(mail?.text).searchParams.get('token') ?? '';
    });

    it('is not linked by that e-mail alone', async () => {
      expect((await shop.me(owner)).tiers.map(({ slug }) => slug)).toEqual(['free']);
      expect(await shop.mailbox.to(owner.email)).toHaveLength(1);
      const members = await shop.rows('member').findMany({ where: { email: owner.email } });
      expect(members).toHaveLength(2);
      // The token is only in the mail.
      expect(JSON.stringify(members)).not.toContain(token);
    });

    it('is not claimed without signing in, nor by somebody else', async () => {
      const visitor = await shop.http.post('/api/memberships/me/claim').send({ token });
      expect([401, 403]).toContain(visitor.status);
      const { status, body } = await claim(stranger, token);
      expect(status).toBe(403);
      expect(body.error).toMatchObject({
        name: 'ForbiddenError',
        details: { code: 'claim-invalid', field: 'token' },
      });
      expect((await shop.me(stranger)).subscriptions).toEqual([]);
    });

    it('is claimed once, by that user', async () => {
      const { status, body } = await claim(owner, token);
      expect(status).toBe(200);
      expect(body.data.tiers.map(({ slug }: { slug: string }) => slug).sort()).toEqual([
        'free',
        'gold',
      ]);
      expect(await shop.rows('member').count({ where: { email: owner.email } })).toBe(1);

      const again = await claim(owner, token);
      expect(again.status).toBe(400);
      expect(again.body.error).toMatchObject({
        name: 'ValidationError',
        details: { code: 'claim-invalid', field: 'token' },
      });
      expect((await shop.checkout(owner, monthly)).status).toBe(409);
    });

    it('goes on being theirs: what Stripe says later reaches the claimed member', async () => {
      const [subscription] = (await shop.me(owner)).subscriptions;
      await shop.client.subscriptions.cancel(subscription?.stripeId ?? '');
      await shop.settle();
      const me = await shop.me(owner);
      expect(me.tiers.map(({ slug }) => slug)).toEqual(['free']);
      const where = { member: { documentId: me.member.documentId } };
      expect(await shop.rows('movement').findMany({ where })).toMatchObject([
        { kind: 'new', memberChange: 1 },
        { kind: 'churn', memberChange: -1 },
      ]);
    });
  });

  it('claims within a week, with the newest link only', async () => {
    const late = await shop.register('late');
    await shop.buy(null, monthly, { email: late.email });
    const [mail] = await shop.mailbox.to(late.email);
    const token = linkIn(mail?.text).searchParams.get('token') ?? '';
    await shop.advance(8 * DAY);
    const { status, body } = await claim(late, token);
    expect(status).toBe(400);
    expect(body.error.details.code).toBe('claim-invalid');
    expect((await claim(late, 'no such token')).status).toBe(400);
  });

  it('who pays and is paying already counts as one member, who leaves once', async () => {
    const both = await shop.register('both');
    await shop.buy(both, monthly);
    await shop.buy(null, monthly, { email: both.email });
    const [mail] = await shop.mailbox.to(both.email);
    const token = linkIn(mail?.text).searchParams.get('token') ?? '';
    await claim(both, token).expect(200);

    const { member, subscriptions } = await shop.me(both);
    expect(subscriptions).toHaveLength(2);
    const where = { member: { documentId: member.documentId } };
    const balance = async () =>
      (await shop.rows('movement').findMany({ where })).reduce(
        (sum, { memberChange }) => sum + memberChange,
        0
      );
    expect(await balance()).toBe(1);

    for (const { stripeId } of subscriptions) {
      await shop.client.subscriptions.cancel(stripeId);
      await shop.settle();
    }
    expect(await balance()).toBe(0);
    const left = (await shop.rows('movement').findMany({ where })).filter(
      ({ kind }) => kind === 'churn'
    );
    expect(left).toMatchObject([{ memberChange: -1 }]);
  });
});
