import { getService } from '../../server/src/get-service';
import { startStripe, type StripeSimulator } from '../stripe';
import { addAdmin, adminWith, type Admin } from '../support/admin';
import { openShop, START, type Shop, type ShopOptions } from '../support/shop';

const HOME = 'https://home.example';
const COPY = 'https://copy.example';

/** A database that is booted at home, and then somewhere else. */
let stripe: StripeSimulator;
let shop: Shop;
let monthly: string;
let token: string;

const open = (given: ShopOptions): Promise<Shop> => openShop({ simulator: stripe, ...given });
const admin = (): Admin => adminWith(shop, token);

/** Stops the site and boots its database at another URL. */
const move = async (url: string, more: ShopOptions = {}): Promise<void> => {
  const { database } = shop;
  await shop.stop({ database: true });
  shop = await open({ ...more, database, env: { ...more.env, PUBLIC_URL: url } });
  await shop.background.idle();
};

const plan = async (key: string): Promise<void> => {
  const member = await shop.rows('member').findOne({ where: {} });
  await shop.rows('message').create({
    data: {
      key,
      member: member?.id,
      template: 'set-password',
      to: 'somebody@reader.example',
      status: 'planned',
      attempts: 0,
      availableAt: new Date(stripe.now() - 1000).toISOString(),
    },
  });
  shop.background.wake();
  await shop.background.idle();
};

const statusOf = async (key: string): Promise<string | undefined> =>
  (await shop.rows('message').findOne({ where: { key } }))?.status;

beforeAll(async () => {
  stripe = await startStripe({ now: START, retryDelays: [5, 10, 20] });
  shop = await open({ env: { PUBLIC_URL: HOME } });
  const made = await addAdmin(shop, 'strapi-super-admin');
  monthly = await shop.price(await shop.tier('Gold'));
  await shop.register('reader');
  expect((await made.get('/site')).body.data).toMatchObject({
    confirmed: true,
    present: { url: HOME },
  });
  const { body } = await shop.http
    .post('/admin/login')
    .send({ email: 'strapi-super-admin@admin.example', password: 'Passw0rd!' });
  token = body.data.token;
});
afterAll(async () => {
  await shop.stop();
  await stripe.close();
});

test('a restart at home, and the same address written otherwise, change nothing', async () => {
  await move(`${HOME.replace('home', 'Home')}/`);
  expect((await admin().get('/site')).body.data.confirmed).toBe(true);
  await plan('at-home');
  expect(await statusOf('at-home')).toBe('sent');
});

describe('elsewhere', () => {
  beforeAll(() => move(COPY));

  test('nothing is sold, pushed or mailed, and reading goes on', async () => {
    const { body } = await admin().get('/site');
    expect(body.data).toMatchObject({
      confirmed: false,
      present: { url: COPY },
      before: { url: HOME, account: expect.stringMatching(/^acct_/) },
    });
    const buyer = await shop.register('buyer-on-a-copy');
    const checkout = await shop.checkout(buyer, monthly);
    expect(checkout.status).toBe(503);
    expect(checkout.body.error.details.code).toBe('site-unconfirmed');
    const guest = await shop.checkout(null, monthly);
    expect(guest.body.error.details.code).toBe('site-unconfirmed');

    const silver = await shop.tier('Silver');
    await shop.price(silver);
    const { data: products } = await shop.client.products.list();
    expect(products.map(({ name }) => name)).toEqual(['Gold']);
    expect((await shop.client.customers.list()).data).toEqual([]);

    await plan('on-a-copy');
    expect(await statusOf('on-a-copy')).toBe('planned');
    expect(shop.logs.join('\n')).toContain(HOME);
    await shop.http.get('/api/memberships/tiers').expect(200);
  });

  test.each([
    ['nothing', {}, 'mails'],
    ['another word', { mails: 'burn' }, 'mails'],
    ['something unknown', { mails: 'skip', sure: true }, 'sure'],
  ])('a confirmation with %s is refused', async (_name, body, field) => {
    const answer = await admin().post('/site/confirm', body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.details.field).toBe(field);
    expect((await admin().get('/site')).body.data.confirmed).toBe(false);
  });

  test('a person confirms it; what was planned at home is not sent again', async () => {
    const { status, body } = await admin().post('/site/confirm', { mails: 'skip' });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ confirmed: true, present: { url: COPY } });
    await shop.background.idle();
    expect(await statusOf('on-a-copy')).toBe('skipped');
    await plan('after-confirming');
    expect(await statusOf('after-confirming')).toBe('sent');
    const { data: products } = await shop.client.products.list();
    expect(products.map(({ name }) => name).sort()).toEqual(['Gold', 'Silver']);
    const { status: sold } = await shop.checkout(null, monthly);
    expect(sold).toBe(200);
  });
});

test('a site that moved may send what waited', async () => {
  await move(HOME);
  await plan('moved');
  expect(await statusOf('moved')).toBe('planned');
  await admin().post('/site/confirm', { mails: 'send' });
  await shop.background.idle();
  expect(await statusOf('moved')).toBe('sent');
});

test('another Stripe account is another site, whatever the address', async () => {
  const other = await startStripe({ now: START, account: { id: 'acct_another' } });
  const { database } = shop;
  await shop.stop({ database: true });
  shop = await openShop({ simulator: other, database, env: { PUBLIC_URL: HOME } });
  await shop.background.idle();
  expect((await admin().get('/site')).body.data).toMatchObject({
    confirmed: false,
    present: { account: 'acct_another' },
  });
  expect((await shop.checkout(null, monthly)).status).toBe(503);
  await other.close();
});

test('what was made on a developer’s machine goes live without a word', async () => {
  await shop.stop();
  shop = await open({ env: { PUBLIC_URL: 'http://localhost:1337' } });
  await move(HOME);
  expect(await getService(shop.strapi, 'billing').stripe.site()).toMatchObject({
    confirmed: true,
    before: { url: HOME },
  });
});
