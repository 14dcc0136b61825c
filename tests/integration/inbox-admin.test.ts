import type { InboxDelivery } from '../../contracts';
import { startStripe, type StripeSimulator } from '../stripe';
import { addAdmin, addRole, adminWith, type Admin } from '../support/admin';
import { openLine, type Line } from '../support/line';
import { openShop, START, type Shop } from '../support/shop';

/** What an operator sees of Stripe's deliveries, and can do about those that failed. */
let stripe: StripeSimulator;
let line: Line;
let shop: Shop;
let admin: Admin;
let monthly: string;

beforeAll(async () => {
  stripe = await startStripe({ now: START, retryDelays: [5, 10, 20] });
  line = await openLine(stripe.url);
  shop = await openShop({ simulator: stripe, env: { STRIPE_API_BASE: line.url } });
  admin = await addAdmin(shop, 'strapi-super-admin');
  monthly = await shop.price(await shop.tier('Gold'));
});
afterAll(async () => {
  await shop.stop();
  await line.close();
  await stripe.close();
});
afterEach(() => line.mend());

const list = async (query: string): Promise<InboxDelivery[]> => {
  const { status, body } = await admin.get(`/inbox${query}`);
  expect(status).toBe(200);
  return body.data;
};

/** A reader who paid while nothing could be fetched, given up on. */
const giveUp = async (name: string) => {
  const reader = await shop.register(name);
  const { body } = await shop.checkout(reader, monthly);
  line.cut();
  stripe.pay(body.data.sessionId);
  await shop.settle();
  await shop.rows('inbox').updateMany({ where: { status: 'pending' }, data: { status: 'dead' } });
  const dead = await list('?status=dead');
  return { reader, dead };
};

test('lists, filters, searches and pages, newest first', async () => {
  const reader = await shop.register('lister');
  await shop.buy(reader, monthly);
  const all = await list('');
  expect(all.length).toBeGreaterThan(3);
  expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).sort((a, b) => b - a));
  const [paid] = await list('?type=invoice.paid&status=done');
  expect(paid).toMatchObject({
    stripeId: expect.stringMatching(/^evt_/),
    type: 'invoice.paid',
    livemode: false,
    key: expect.stringMatching(/^sub_/),
    attempts: 0,
    error: null,
  });
  const { key = '', stripeId = '' } = { ...paid, key: paid?.key ?? '' };
  expect((await list(`?_q=${key}`)).every((row) => row.key === key)).toBe(true);
  expect(await list(`?_q=${stripeId}`)).toHaveLength(1);
  expect(await list('?_q=%25')).toEqual([]);
  const { body } = await admin.get('/inbox?pageSize=2&page=2');
  expect(body.data.map(({ id }: InboxDelivery) => id)).toEqual(all.slice(2, 4).map(({ id }) => id));
  expect(body.meta.pagination).toMatchObject({ page: 2, pageSize: 2, total: all.length });
});

test('Retry tries at once, says what came of it, and repairs what was missing', async () => {
  const { reader, dead } = await giveUp('retry');
  const [first] = dead;
  const failed = await admin.post(`/inbox/${first?.id}/retry`);
  expect(failed.status).toBe(200);
  expect(failed.body.data).toMatchObject({ status: 'pending', attempts: 1 });
  expect(failed.body.data.error).toMatch(/connection/i);
  expect(JSON.stringify(failed.body)).not.toContain(stripe.secretKey);

  line.mend();
  const mended = await admin.post(`/inbox/${first?.id}/retry`);
  expect(mended.body.data).toMatchObject({ status: 'done', error: null });
  expect((await shop.me(reader)).tiers).toMatchObject([{ slug: 'gold' }]);

  const again = await admin.post(`/inbox/${first?.id}/retry`);
  expect(again.status).toBe(409);
});

test('Retry all tries everything that was given up', async () => {
  const { reader } = await giveUp('retry-all');
  line.mend();
  const { body } = await admin.post('/inbox/retry');
  expect(body.data.retried).toBeGreaterThan(0);
  await shop.background.idle();
  expect(await list('?status=dead')).toEqual([]);
  expect((await shop.me(reader)).tiers).toMatchObject([{ slug: 'gold' }]);
});

test('what another account or mode left behind waits for nobody here', async () => {
  const before = await shop.rows('inbox').count({ where: { status: 'pending' } });
  const left = { account: 'acct_before', livemode: true, type: 'invoice.paid', key: 'sub_before' };
  const data = { ...left, stripeId: 'evt_before', status: 'dead', attempts: 12 };
  const { id } = await shop.rows('inbox').create({ data });
  const one = await admin.post(`/inbox/${id}/retry`);
  expect(one.status).toBe(409);
  expect(one.body.error.message).toMatch(/another account or mode/);
  expect((await admin.post('/inbox/retry')).body.data.retried).toBe(0);
  expect(await shop.rows('inbox').count({ where: { status: 'pending' } })).toBe(before);

  const at = new Date(START).toISOString();
  await shop.rows('inbox').update({ where: { id }, data: { status: 'pending', receivedAt: at } });
  const { body } = await admin.get('/health');
  expect(body.data.inbox).toMatchObject({ pending: before, dead: 0, oldestPendingAt: null });
  await shop.rows('inbox').delete({ where: { id } });
});

test.each([
  ['GET', '/inbox?status=lost', 400, 'status'],
  ['GET', '/inbox?page=0', 400, 'page'],
  ['GET', '/inbox?pageSize=101', 400, 'pageSize'],
  ['GET', '/inbox?type[a]=b', 400, 'type'],
  ['GET', '/inbox?_q=%00', 400, '_q'],
  ['POST', '/inbox/999999/retry', 404, 'id'],
  ['POST', '/inbox/one/retry', 404, 'id'],
  ['POST', '/inbox/2147483648/retry', 404, 'id'],
  ['POST', '/inbox/99999999999999999999/retry', 404, 'id'],
])('%s %s answers %i naming %s', async (method, path, status, field) => {
  const answer = method === 'GET' ? await admin.get(path) : await admin.post(path);
  expect(answer.status).toBe(status);
  expect(answer.body.error.details.field).toBe(field);
});

test('is for those who may', async () => {
  await addRole(shop, 'looker', ['plugin::memberships.health.read']);
  const looker = await addAdmin(shop, 'looker');
  expect((await looker.get('/inbox')).status).toBe(200);
  expect((await looker.post('/inbox/retry')).status).toBe(403);
  expect((await looker.post('/inbox/1/retry')).status).toBe(403);
  await addRole(shop, 'stranger', []);
  expect((await (await addAdmin(shop, 'stranger')).get('/inbox')).status).toBe(403);
  expect((await adminWith(shop, null).get('/inbox')).status).toBe(401);
});
