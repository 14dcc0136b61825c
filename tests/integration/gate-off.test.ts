import { CANARY, bootGateSite, type GateSite } from './gate-support';

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
