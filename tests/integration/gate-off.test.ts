import type { GateCheck } from '../../contracts';
import { ARTICLE, CANARY, LETTER, bootGateSite, type GateSite } from './gate-support';

/** The control: the same questions with the gate off must leak, or the other tests prove nothing. */

let site: GateSite;
beforeAll(async () => {
  site = await bootGateSite({ options: { access: { enabled: false } } });
});
afterAll(() => site.stop());

test.each([
  '/api/articles?populate=*',
  '/api/authors?populate[articles][populate]=*',
  '/api/home?populate[featured][fields][0]=body',
  '/api/letters?populate=*',
])('%s leaks', async (door) => {
  const { text } = await site.get(door);
  expect(text).toContain(CANARY);
  expect(text).not.toContain('membershipAccess');
});

test("the site's check of itself finds every door leaking", async () => {
  const { body } = await site.admin('post', '/memberships/gate/check');
  const { types }: GateCheck = JSON.parse(JSON.stringify(body.data));
  const checked = types.filter(({ entries }) => entries > 0);
  expect(checked.map(({ uid }) => uid)).toEqual([ARTICLE, LETTER]);
  for (const { doors } of checked) {
    expect(doors.map(({ door, outcome }) => `${door} ${outcome}`)).toEqual([
      'list leaks',
      'single leaks',
      'graphql leaks',
    ]);
  }
});
