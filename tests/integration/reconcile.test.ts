import { addAdmin, addRole, type Admin } from '../support/admin';
import { DAY, openShop, type Reader, type Shop } from '../support/shop';
import { keysOf, openComparison, type Comparison } from './reconcile-support';

/** An admin compares the mirror with Stripe, looks at what differs and has it repaired. */
let shop: Shop;
let admin: Admin;
let site: Comparison;
let monthly: string;
let forever: string;

beforeAll(async () => {
  shop = await openShop();
  admin = await addAdmin(shop, 'strapi-super-admin');
  site = openComparison(shop, admin);
  const gold = await shop.tier('Gold');
  monthly = await shop.price(gold);
  forever = await shop.price(await shop.tier('Patron'), { interval: null, amount: 5000 });
});
afterAll(() => shop.stop());
afterEach(() => shop.stripe.faults.clear());

const subscriptionOf = async (reader: Reader): Promise<string> => {
  const { subscriptions } = await shop.me(reader);
  const row = await shop
    .rows('subscription')
    .findOne({ where: { documentId: subscriptions[0]?.documentId } });
  return row?.stripeId ?? '';
};

const readers: Record<string, Reader> = {};

const busyHistory = async (): Promise<void> => {
  for (const name of ['stays', 'cancels', 'ends', 'pauses', 'changes', 'fails']) {
    const reader = await shop.register(name);
    readers[name] = reader;
    await shop.buy(reader, monthly);
  }
  readers.buys = await shop.register('buys');
  await shop.buy(readers.buys, forever);
  await shop.advance(40 * DAY);
  const { subscriptions, customers } = shop.client;
  const id = (name: string) => subscriptionOf(readers[name] as Reader);
  await subscriptions.update(await id('cancels'), { cancel_at_period_end: true });
  await subscriptions.cancel(await id('ends'), { cancellation_details: { feedback: 'unused' } });
  await subscriptions.update(await id('pauses'), { pause_collection: { behavior: 'void' } });
  const changing = await subscriptions.retrieve(await id('changes'));
  await subscriptions.update(changing.id, {
    items: [{ id: changing.items.data[0]?.id ?? '', quantity: 3 }],
  });
  const failing = await subscriptions.retrieve(await id('fails'), { expand: ['customer'] });
  const card = await shop.client.paymentMethods.attach('pm_card_chargeCustomerFail', {
    customer: typeof failing.customer === 'string' ? failing.customer : failing.customer.id,
  });
  await subscriptions.update(failing.id, { default_payment_method: card.id });
  await customers.create({ email: 'stranger@elsewhere.example' });
  await shop.advance(35 * DAY);
};

test('after a busy history nothing differs', async () => {
  await busyHistory();
  const { run, differences } = await site.compare();
  expect(differences.data).toEqual([]);
  expect(run.differences).toBe(0);
  expect(run.done).toBeGreaterThan(15);
  expect(run).toMatchObject({ startedBy: 'Site Admin', error: null, queued: 0 });
  // Not for want of looking.
  await shop.rows('subscription').updateMany({
    where: { stripeId: await subscriptionOf(readers.stays as Reader) },
    data: { status: 'canceled' },
  });
  const second = await site.compare();
  expect(keysOf(second)).toHaveLength(1);
  expect(second.differences.data[0]).toMatchObject({
    kind: 'differs',
    status: 'found',
    fields: [{ field: 'status', here: '"canceled"', stripe: '"active"' }],
  });
  await admin.post(`/reconcile/${second.run.id}/apply`);
  await shop.background.idle();
});

test('what was dropped is found, exactly that, and repaired when somebody says so', async () => {
  const dropped = ['stays', 'pauses', 'changes'];
  const ids = await Promise.all(dropped.map((name) => subscriptionOf(readers[name] as Reader)));
  const before = await shop.counts();
  await site.unheard(async () => {
    await shop.client.subscriptions.cancel(ids[0] ?? '');
    await shop.client.subscriptions.update(ids[1] ?? '', { pause_collection: '' });
    await shop.client.subscriptions.update(ids[2] ?? '', { cancel_at_period_end: true });
  });
  expect(await shop.counts()).toEqual(before);

  const found = await site.compare();
  expect(keysOf(found)).toEqual([...ids].sort());
  expect(found.run).toMatchObject({ differences: 3, queued: 0 });
  // Only looked at.
  const one = await shop.rows('subscription').findOne({ where: { stripeId: ids[0] } });
  expect(one?.status).not.toBe('canceled');

  const { body } = await admin.post(`/reconcile/${found.run.id}/apply`, { keys: [ids[0]] });
  expect(body.data).toEqual({ queued: 1 });
  await shop.background.idle();
  expect((await shop.rows('subscription').findOne({ where: { stripeId: ids[0] } }))?.status).toBe(
    'canceled'
  );
  expect((await site.report()).differences.data.map(({ status }) => status).sort()).toEqual([
    'found',
    'found',
    'queued',
  ]);
  expect((await admin.post(`/reconcile/${found.run.id}/apply`)).body.data.queued).toBe(2);
  expect((await admin.post(`/reconcile/${found.run.id}/apply`)).body.data.queued).toBe(0);
  await shop.background.idle();
  expect(keysOf(await site.compare())).toEqual([]);
});

test('a member nobody heard of, months of money and a purchase come back whole', async () => {
  const late = await shop.register('late');
  const patron = await shop.register('patron');
  await site.unheard(async () => {
    await shop.buy(late, monthly);
    await shop.buy(patron, forever);
    await shop.stripe.advance(95 * DAY, { settle: true });
  });
  expect((await shop.me(late)).tiers).toEqual([]);
  const found = await site.compare();
  const kinds = found.differences.data.map(({ kind }) => kind);
  expect(kinds).toContain('missing-here');
  await admin.post(`/reconcile/${found.run.id}/apply`);
  await shop.background.idle();
  expect((await shop.me(late)).tiers).toMatchObject([{ slug: 'gold' }]);
  expect((await shop.me(patron)).tiers).toMatchObject([{ slug: 'patron' }]);
  const row = await shop
    .rows('subscription')
    .findOne({ where: { stripeId: await subscriptionOf(late) } });
  const { data: invoices } = await shop.client.invoices.list({
    subscription: row?.stripeId ?? '',
    limit: 100,
  });
  const billed = invoices.filter(({ status }) => status !== 'draft');
  expect(billed.length).toBeGreaterThan(3);
  expect(await shop.rows('payment').count({ where: { subscription: row?.id } })).toBe(
    billed.length
  );
  const again = await site.compare();
  expect(again.differences.data).toEqual([]);
});

test('a payment that is missing or differs is repaired under its subscription', async () => {
  const key = await subscriptionOf(readers.stays as Reader);
  const subscription = await shop.rows('subscription').findOne({ where: { stripeId: key } });
  const [first, second] = await shop.rows('payment').findMany({
    where: { subscription: subscription?.id },
    orderBy: { id: 'asc' },
  });
  await shop.rows('payment').delete({ where: { id: first?.id } });
  await shop
    .rows('payment')
    .updateMany({ where: { id: second?.id }, data: { amountPaid: '1', status: 'open' } });
  const found = await site.compare();
  expect(keysOf(found)).toEqual([key]);
  expect(found.differences.data[0]?.fields.map(({ field }) => field).sort()).toEqual([
    '*',
    'amountPaid',
    'status',
  ]);
  await admin.post(`/reconcile/${found.run.id}/apply`);
  await shop.background.idle();
  expect((await site.compare()).differences.data).toEqual([]);
});

test('a refund, a dispute and a change of the catalogue that nobody heard of come back', async () => {
  const back = await shop.register('back');
  await shop.buy(back, monthly);
  const { data: charges } = await shop.client.charges.list({ limit: 1 });
  const charge = charges[0]?.id ?? '';
  const { data: products } = await shop.client.products.list();
  const gold = products.find(({ name }) => name === 'Gold')?.id ?? '';
  await site.unheard(async () => {
    await shop.client.refunds.create({ charge, amount: 300 });
    shop.stripe.bank.openDispute(charge);
    await shop.client.products.update(gold, { name: 'Gold and more' });
  });
  const found = await site.compare();
  expect(keysOf(found)).toEqual([charge, `product:${gold}`].sort());
  await admin.post(`/reconcile/${found.run.id}/apply`);
  await shop.background.idle();
  expect((await shop.rows('tier').findOne({ where: { stripeId: gold } }))?.name).toBe(
    'Gold and more'
  );
  expect((await site.compare()).differences.data).toEqual([]);
});

test('what is only in the mirror is named, and ends when it is repaired', async () => {
  const [member] = await shop.rows('member').findMany({ limit: 1 });
  const { account } = await shop
    .rows('subscription')
    .findOne({ where: {} })
    .then((row) => row ?? { account: '' });
  const { id } = await shop.rows('subscription').create({
    data: {
      stripeId: 'sub_gone',
      account,
      livemode: false,
      member: member?.id,
      status: 'active',
      items: [],
    },
  });
  const found = await site.compare();
  expect(found.differences.data).toMatchObject([{ key: 'sub_gone', kind: 'missing-at-stripe' }]);
  await admin.post(`/reconcile/${found.run.id}/apply`);
  await shop.background.idle();
  expect(await shop.rows('subscription').findOne({ where: { id } })).toMatchObject({
    status: 'canceled',
    endedAt: new Date(shop.clock.now).toISOString(),
  });
  expect((await site.compare()).differences.data).toEqual([]);
  await shop.rows('subscription').delete({ where: { id } });
});

test('says why it cannot start or apply, and who may', async () => {
  const { account, livemode } = (await shop.rows('run').findOne({ where: {} })) ?? {};
  const { id } = await shop.rows('run').create({
    data: { account, livemode, trigger: 'admin', repairs: false, status: 'running' },
  });
  const busy = await admin.post('/reconcile');
  expect([busy.status, busy.body.error.details.code]).toEqual([409, 'busy']);
  await shop.rows('run').delete({ where: { id } });

  const elsewhere = await shop.rows('run').create({
    data: { account: 'acct_2', livemode, trigger: 'admin', repairs: false, status: 'done' },
  });

  for (const [path, body, status, field] of [
    ['/reconcile/999999/apply', {}, 404, 'id'],
    [`/reconcile/${elsewhere.id}/apply`, {}, 404, 'id'],
    ['/reconcile/x/apply', {}, 404, 'id'],
    ['/reconcile/1/apply', { keys: 'sub_1' }, 400, 'keys'],
    ['/reconcile/1/apply', { keys: [5] }, 400, 'keys[0]'],
    ['/reconcile/1/apply', { all: true }, 400, 'all'],
  ] as const) {
    const answer = await admin.post(path, body);
    expect([path, answer.status, answer.body.error.details.field]).toEqual([path, status, field]);
  }
  expect((await admin.get('/reconcile?page=0')).status).toBe(400);

  await addRole(shop, 'looker', ['plugin::memberships.health.read']);
  const looker = await addAdmin(shop, 'looker');
  expect((await looker.get('/reconcile')).status).toBe(200);
  expect((await looker.post('/reconcile')).status).toBe(403);
  expect((await looker.post('/reconcile/1/apply')).status).toBe(403);
});
