import {
  alone,
  batchOf,
  dueKeys,
  forgetDeliveries,
  forgetLeases,
  markDone,
  markFailed,
  receive,
  tryAlone,
} from '../../server/src/store';
import { bootSite, type Site } from '../support/boot';

const DAY = 86_400_000;
const SCOPE = { account: 'acct_inbox', livemode: false };

let site: Site;
beforeAll(async () => {
  site = await bootSite();
});
afterAll(() => site.stop());

const inbox = () => site.strapi.db.query('plugin::memberships.inbox');
const locks = () => site.strapi.db.query('plugin::memberships.lock');
const deliver = (stripeId: string, key: string | null, type = 'test') =>
  receive(site.strapi, { ...SCOPE, stripeId, type, key });

test('a key with many deliveries hides no other, and the longest waiting comes first', async () => {
  for (let at = 0; at < 30; at += 1) await deliver(`evt_many_${at}`, 'sub_many');
  await deliver('evt_one', 'sub_one');
  await deliver('evt_foreign', null);
  expect(await dueKeys(site.strapi, SCOPE, 2)).toEqual(['sub_many', 'sub_one']);
  expect(await dueKeys(site.strapi, SCOPE, 1)).toEqual(['sub_many']);
  expect(await dueKeys(site.strapi, { ...SCOPE, livemode: true }, 2)).toEqual([]);
});

test('what is done is forgotten in time, and nothing else', async () => {
  const states = ['pending', 'dead', 'done', 'ignored'];
  for (const status of states) {
    for (const [age, days] of [
      ['old', 91],
      ['new', 89],
    ] as const) {
      const at = new Date(site.clock.now - days * DAY).toISOString();
      const data = { ...SCOPE, stripeId: `evt_${age}_${status}`, type: 'forget', status };
      await inbox().create({ data: { ...data, receivedAt: at, availableAt: at } });
    }
  }
  await forgetDeliveries(site.strapi, site.clock.now - 90 * DAY);
  const left: { stripeId: string }[] = await inbox().findMany({ where: { type: 'forget' } });
  expect(left.map(({ stripeId }) => stripeId).sort()).toEqual([
    'evt_new_dead',
    'evt_new_done',
    'evt_new_ignored',
    'evt_new_pending',
    'evt_old_dead',
    'evt_old_pending',
  ]);
});

test('what another worker dealt with meanwhile is not given up', async () => {
  await deliver('evt_taken', 'sub_taken');
  await deliver('evt_left', 'sub_taken');
  const batch = await batchOf(site.strapi, SCOPE, 'sub_taken');
  const last = { ...batch, pending: batch.pending.map((row) => ({ ...row, attempts: 11 })) };
  const [taken = 0] = batch.ids;
  await markDone(site.strapi, { ...batch, ids: [taken] }, 'done');
  await markFailed(site.strapi, last, 'too late');
  const rows = await inbox().findMany({ where: { key: 'sub_taken' }, orderBy: { id: 'asc' } });
  expect(rows).toMatchObject([
    { status: 'done', error: null, attempts: 0 },
    { status: 'dead', error: 'too late', attempts: 12 },
  ]);
});

describe('working alone', () => {
  test('has one winner, frees the name after a failure, and says when it is in vain', async () => {
    let free: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      free = resolve;
    });
    const first = alone(site.strapi, 'name', 50, () => held);
    await expect(
      tryAlone(site.strapi, 'name', 50, () => Promise.resolve('in'))
    ).resolves.toBeNull();
    // The site's clock stands still, so the first one's lease never runs out.
    await expect(alone(site.strapi, 'name', 50, () => Promise.resolve('in'))).rejects.toMatchObject(
      { status: 503, details: { code: 'busy' } }
    );
    free();
    await first;

    await expect(
      alone(site.strapi, 'name', 50, () => Promise.reject(new Error('failed')))
    ).rejects.toThrow('failed');
    await expect(tryAlone(site.strapi, 'name', 50, () => Promise.resolve('in'))).resolves.toEqual({
      result: 'in',
    });
  });

  test('forgets names that are long free, and none that is held', async () => {
    await alone(site.strapi, 'free', 50, () => Promise.resolve());
    await alone(site.strapi, 'held', 50, async () => {
      site.clock.now += 40;
      await forgetLeases(site.strapi, site.clock.now);
      expect(await locks().count({ where: { name: 'free' } })).toBe(0);
      expect(await locks().count({ where: { name: 'held' } })).toBe(1);
    });
  });
});
