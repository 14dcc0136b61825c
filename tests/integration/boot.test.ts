import { bootSite, type Site } from '../support/boot';
import { UID } from '../../server/src/constants';
import { isDuplicate } from '../../server/src/store';

describe('the plugin in a booted site', () => {
  let site: Site;

  beforeAll(async () => {
    site = await bootSite({ first: true });
  });
  afterAll(() => site.stop());

  it('adds its content types with real unique indexes', async () => {
    const tier = { name: 'Gold', slug: 'gold', kind: 'paid', rank: 1 };
    await site.strapi.db.query(UID.tier).create({ data: tier });
    const again: unknown = await site.strapi.db
      .query(UID.tier)
      .create({ data: tier })
      .catch((error: unknown) => error);
    expect(isDuplicate(again)).toBe(true);
  });
});
