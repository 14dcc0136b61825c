import {
  ARTICLE,
  bootGateSite,
  countQueries,
  documentsOf,
  type GateSite,
  type Json,
  type ViewerName,
  said,
} from './gate-support';

let site: GateSite;
beforeAll(async () => {
  site = await bootGateSite();
  const { clock } = site;
  const path = (documentId: string) => `/memberships/rules/${ARTICLE}/${documentId}`;
  // One more of each kind of time.
  const write = async (title: string) => {
    const { documentId } = await documentsOf(site.strapi, ARTICLE).create({
      data: { title, slug: title },
      status: 'published',
    });
    return documentId;
  };
  const hour = 3_600_000;
  const opensAt = (at: number) => new Date(clock.now + at).toISOString();
  const paid = { visibility: 'paid' };
  await site.admin('put', path(await write('opened')), { ...paid, opensAt: opensAt(-hour) });
  await site.admin('put', path(await write('opens')), { ...paid, opensAt: opensAt(hour) });
  await site.admin('put', path(await write('dripped')), { ...paid, dripDays: 30 });
  await site.admin('put', path(await write('drips')), { ...paid, dripDays: 31 });
  await site.admin('put', path(await write('early')), { visibility: 'members', dripDays: 1 });
});
afterAll(() => site.stop());

const VIEWERS: ViewerName[] = [
  'visitor',
  'signedIn',
  'free',
  'silver',
  'gold',
  'expired',
  'suspended',
  'staff',
  'readOnlyToken',
  'fullToken',
];

const titles = (answer: Json): string[] =>
  Object.values(answer.data ?? {})
    .map((entry) => said(entry.title ?? entry.name))
    .sort();

describe.each(VIEWERS)('as %s', (viewer) => {
  test.each(['articles', 'letters'])('what is readable of %s is what is granted', async (name) => {
    const all = await site.get(`/api/${name}`, viewer);
    const granted = Object.values(all.body.data ?? {}).filter((entry) =>
      Boolean(entry.membershipAccess?.granted)
    );
    const readable = await site.get(`/api/${name}?membership=readable`, viewer);
    expect(titles(readable.body)).toEqual(
      granted.map((entry) => said(entry.title ?? entry.name)).sort()
    );
    expect(readable.body.meta?.pagination?.total).toBe(granted.length);
  });

  test('what is public is the same for everybody', async () => {
    const { body } = await site.get('/api/articles?membership=public', viewer);
    expect(titles(body)).toEqual(['Public', 'opened']);
  });
});

test.each([
  'sort=author.name',
  'sort[author][name]=desc&sort[title]=asc&pagination[pageSize]=3&pagination[page]=2',
  'filters[author][name]=Ada&populate=author',
  'populate[author][populate]=articles',
])('what is readable, by %s', async (query) => {
  const granted = async (path: string) => {
    const { status, body } = await site.get(path, 'silver');
    expect(status).toBe(200);
    const entries = Object.values(body.data ?? {});
    expect(entries.length).toBeGreaterThan(0);
    return entries.every((entry) => entry.membershipAccess?.granted);
  };
  expect(await granted(`/api/articles?membership=readable&${query}`)).toBe(true);
  expect(await granted('/api/articles?sort=author.name')).toBe(false);
});

test('pages and filters are of what is readable', async () => {
  const page =
    '/api/articles?membership=readable&sort=title&pagination[pageSize]=2&pagination[page]=2';
  const { body } = await site.get(page, 'silver');
  expect(titles(body)).toHaveLength(2);
  expect(body.meta?.pagination).toMatchObject({ page: 2, pageSize: 2, pageCount: 4, total: 8 });
  const one = await site.get('/api/articles?membership=readable&filters[title]=Gold', 'silver');
  expect(one.body.data).toEqual([]);
});

test('nested entries of the same type are not dropped with it', async () => {
  const nested = '/api/articles?membership=public&populate[author][populate]=articles';
  const { body } = await site.get(nested);
  const [first] = Object.values(body.data ?? {}).filter((entry) => said(entry.title) === 'Public');
  expect(Object.values(first?.author?.articles ?? {}).length).toBeGreaterThan(2);
});

test('anything else is refused, naming the key', async () => {
  const { status, body } = await site.get('/api/articles?membership=everything');
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ details: { key: 'membership' } });
});

test('costs no more statements of its own', async () => {
  const seen = await countQueries(site.strapi, () =>
    site.get('/api/articles?membership=readable', 'gold')
  );
  // The list and its count carry the rules as a subquery; then the grants, then the page's rules.
  expect(seen.filter((sql) => !/"articles"|`articles`/.test(sql))).toHaveLength(2);
});
