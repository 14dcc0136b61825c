import { bootSite, type Site } from '../support/boot';
import { UID } from '../../server/src/constants';

describe('the plugin in a booted site', () => {
  let site: Site;

  beforeAll(async () => {
    site = await bootSite({ first: true });
  });
  afterAll(() => site.stop());

  it('adds its content types with real unique indexes', async () => {
    const tier = { name: 'Gold', slug: 'gold', kind: 'paid', rank: 1 };
    await site.strapi.db.query(UID.tier).create({ data: tier });
    await expect(site.strapi.db.query(UID.tier).create({ data: tier })).rejects.toMatchObject({
      code: 'SQLITE_CONSTRAINT_UNIQUE',
    });
  });
});
