import { HIDDEN_UID, READ_ALL, UID } from '../../server/src/constants';
import { bootSite } from '../support/boot';
import { openShop, START, type Shop } from '../support/shop';
import { startStripe, type StripeSimulator } from '../stripe';

interface Ticked {
  action: string;
  role: { type?: string; code?: string } | null;
}

const ticks = async (shop: Shop): Promise<string[]> => {
  const rows: Ticked[] = await shop.strapi.db
    .query('plugin::users-permissions.permission')
    .findMany({
      where: { action: { $startsWith: 'plugin::memberships.' } },
      populate: ['role'],
    });
  return rows.map(({ action, role }) => `${role?.type}: ${action}`).sort();
};

/** Every row of every table of ours, the relations' tables too. */
const dump = async ({ strapi }: Shop): Promise<Record<string, unknown[]>> => {
  const all: Record<string, unknown[]> = {};
  for (const uid of [...Object.values(UID), ...Object.values(HIDDEN_UID)]) {
    const meta = strapi.db.metadata.get(uid);
    const joins = Object.values(meta.attributes).flatMap((attribute) =>
      'joinTable' in attribute && attribute.joinTable ? [attribute.joinTable.name] : []
    );
    for (const table of [meta.tableName, ...joins]) {
      all[table] = await strapi.db.getConnection(table).select('*').orderBy('id');
    }
  }
  return all;
};

describe('a site over several boots', () => {
  let stripe: StripeSimulator;
  let shop: Shop;

  beforeAll(async () => {
    stripe = await startStripe({ now: START });
    shop = await openShop({ simulator: stripe, first: true });
  });
  afterAll(async () => {
    await shop.stop();
    await stripe.close();
  });

  /** Stops the site and boots it again, on the same database. */
  const restart = async (env: Record<string, string | undefined> = {}): Promise<void> => {
    const { database } = shop;
    await shop.stop({ database: true });
    shop = await openShop({ simulator: stripe, webhook: false, database, env });
  };

  const PUBLIC = [
    'access.explain',
    'checkout.create',
    'checkout.sync',
    'tiers.find',
    'webhook.receive',
  ];

  it('ticks its routes on the first boot', async () => {
    const own = ['me.claim', 'me.find', 'me.portal'];
    expect(await ticks(shop)).toEqual(
      [
        ...[...PUBLIC, ...own].map((name) => `authenticated: plugin::memberships.${name}`),
        ...PUBLIC.map((name) => `public: plugin::memberships.${name}`),
      ].sort()
    );
    await shop.http.get('/api/memberships/tiers').expect(200, { data: [] });
  });

  it('gives whoever registers a member, with the free tier', async () => {
    const free = await shop.tier('Free', { kind: 'free' });
    const reader = await shop.register('registered');
    const members = await shop.rows('member').findMany({ where: { user: { id: reader.id } } });
    expect(members).toMatchObject([{ email: reader.email, name: 'registered' }]);
    const grants = await shop
      .rows('grant')
      .findMany({ where: { member: members[0]?.id }, populate: ['tier'] });
    expect(grants).toMatchObject([
      { source: 'registration', endsAt: null, tier: { documentId: free } },
    ]);
    // Asking for it gives no second one.
    await Promise.all([shop.me(reader), shop.me(reader), shop.me(reader)]);
    expect(await shop.rows('grant').count({ where: { member: members[0]?.id } })).toBe(1);
  });

  it('leaves unticked what the owner unticked', async () => {
    const permissions = shop.strapi.db.query('plugin::users-permissions.permission');
    await permissions.deleteMany({
      where: { action: 'plugin::memberships.tiers.find', role: { type: 'public' } },
    });
    const before = await ticks(shop);
    expect(before).not.toContain('public: plugin::memberships.tiers.find');
    await restart();
    expect(await ticks(shop)).toEqual(before);
    await shop.http.get('/api/memberships/tiers').expect(403);
  });

  it('loses nothing by being switched off for a boot', async () => {
    const silver = await shop.tier('Silver');
    const gold = await shop.tier('Gold', { includes: { connect: [silver] } });
    const price = await shop.price(gold);
    await shop.buy(await shop.register('kept'), price);
    await shop.buy(null, price, { email: 'guest@mail.example' });
    await shop.settle();
    await shop.strapi.documents(UID.rule).create({
      data: {
        targetUid: 'api::article.article',
        targetDocumentId: 'kept',
        visibility: 'tiers',
        tiers: [silver],
      },
    });
    const { db } = shop.strapi;
    const staff: { id: number } = await db
      .query('plugin::users-permissions.role')
      .create({ data: { name: 'Staff', type: 'staff', description: 'reads everything' } });
    await db
      .query('plugin::users-permissions.permission')
      .create({ data: { action: READ_ALL, role: staff.id } });
    const editor: { id: number } = await db
      .query('admin::role')
      .findOne({ where: { code: 'strapi-editor' } });
    const admin = { action: 'plugin::memberships.members.read', role: editor.id };
    await db
      .query('admin::permission')
      .create({ data: { ...admin, conditions: [], properties: {} } });
    await shop.strapi.service('admin::api-token').create({
      kind: 'content-api',
      name: 'reader',
      type: 'custom',
      lifespan: null,
      permissions: [READ_ALL],
    });
    await shop.background.idle();

    const adminTicks = () =>
      shop.strapi.db
        .query('admin::permission')
        .count({ where: { action: admin.action, role: { code: 'strapi-editor' } } });
    const tokenTicks = () =>
      shop.strapi.db.query('admin::api-token-permission').count({ where: { action: READ_ALL } });
    const [rows, ticked] = [await dump(shop), await ticks(shop)];
    expect(await adminTicks()).toBe(1);
    expect(await tokenTicks()).toBe(1);
    expect(ticked).toContain(`staff: ${READ_ALL}`);
    for (const table of ['memberships_tiers_includes_lnk', 'memberships_rules_tiers_lnk']) {
      expect(rows[table]).toHaveLength(1);
    }

    const { database } = shop;
    await shop.stop({ database: true });
    const off = await bootSite({ database, env: { MEMBERSHIPS_ENABLED: 'false' } });
    expect(off.strapi.plugins.memberships).toBeUndefined();
    await off.http.get('/api/memberships/tiers').expect(404);
    await off.stop({ database: true });
    shop = await openShop({ simulator: stripe, webhook: false, database });
    await shop.background.idle();

    expect(await ticks(shop)).toEqual(ticked);
    expect(await adminTicks()).toBe(1);
    expect(await tokenTicks()).toBe(1);
    const after = await dump(shop);
    for (const [table, before] of Object.entries(rows)) {
      // A lease is taken for every look at the catalogue.
      if (table !== 'memberships_locks') expect([table, after[table]]).toEqual([table, before]);
    }
  });
});

describe('a site without keys', () => {
  it('boots, gates, sells nothing, and says so once without a word too much', async () => {
    const site = await bootSite({ first: true });
    try {
      const own = site.logs.filter((line) => line.includes('memberships:'));
      expect(own).toHaveLength(1);
      expect(own[0]).toContain('STRIPE_SECRET_KEY');
      expect(own[0]).toContain('STRIPE_WEBHOOK_SECRET');
      await site.http.get('/api/memberships/tiers').expect(200, { data: [] });
      const webhook = await site.http.post('/api/memberships/webhook').send({ id: 'evt_1' });
      expect(webhook.status).toBe(503);
      expect(webhook.body.error).toMatchObject({
        name: 'ServiceUnavailableError',
        details: { code: 'stripe-not-configured' },
      });
    } finally {
      await site.stop();
    }
  });
});

describe('a wrong option', () => {
  it.each([
    [{ access: { graceDays: 'two weeks' } }, 'access.graceDays'],
    [{ revenue: { timeZone: 'Mars/Olympus' } }, 'revenue.timeZone'],
    [{ stripe: { webhookSecrets: 'whsec_hush' } }, 'stripe.webhookSecrets'],
  ])('stops the boot and is named: %j', async (options, name) => {
    const boot = bootSite({ options });
    await expect(boot).rejects.toThrow(name);
    await boot.catch((error: unknown) => expect(String(error)).not.toContain('whsec_hush'));
  });
});
