import {
  ARTICLE,
  CANARY,
  bootGateSite,
  documentsOf,
  countQueries,
  type GateSite,
  type Json,
  type ViewerName,
  said,
} from './gate-support';

let site: GateSite;
beforeAll(async () => {
  site = await bootGateSite();
});
afterAll(() => site.stop());

const ALL = `title excerpt body story seo { metaTitle }
  sections { ... on ComponentSharedRichText { body } ... on ComponentSharedQuote { text } }
  related { documentId } related_connection { nodes { documentId } }
  membershipAccess { granted reason visibility tiers { documentId name slug } opensAt preview }`;

const pick = (nodes: Json | undefined, title: string): Json | undefined =>
  Object.values(nodes ?? {}).find((node) => said(node.title) === title);

describe('a locked entry', () => {
  test('answers what is free, and why', async () => {
    const { body, text, status } = await site.graphql(`{ articles { ${ALL} } }`);
    expect(status).toBe(200);
    expect(body.errors).toBeUndefined();
    expect(pick(body.data?.articles, 'Gold')).toEqual({
      title: 'Gold',
      excerpt: 'Excerpt of Gold',
      body: 'Free markdown',
      story: [{ type: 'paragraph', children: [{ type: 'text', text: 'Free block' }] }],
      seo: null,
      sections: [],
      related: [],
      related_connection: null,
      membershipAccess: {
        granted: false,
        reason: 'anonymous',
        visibility: 'tiers',
        tiers: [{ documentId: site.tiers.gold, name: 'Gold', slug: 'gold' }],
        opensAt: null,
        preview: true,
      },
    });
    // Three protected values of the public article; all else is free parts.
    expect(text.split(CANARY)).toHaveLength(1 + 5);
  });

  test('with a required protected attribute does not take the answer down', async () => {
    const { body } = await site.graphql('{ letters { name body membershipAccess { reason } } }');
    expect(body.errors).toBeUndefined();
    expect(body.data?.letters).toEqual([
      { name: 'Letter', body: null, membershipAccess: { reason: 'anonymous' } },
    ]);
  });
});

const READERS: ViewerName[] = ['gold', 'staff', 'fullToken', 'readAllToken'];
test.each(READERS)('%s reads gold', async (viewer) => {
  const { body } = await site.graphql(
    `{ article(documentId: "${site.articles.gold}") { ${ALL} } }`,
    viewer
  );
  expect(body.errors).toBeUndefined();
  expect(JSON.stringify(body.data?.article?.body)).toContain(CANARY);
  expect(JSON.stringify(body.data?.article?.sections)).toContain(CANARY);
  expect(body.data?.article?.membershipAccess?.granted).toBe(true);
});

/** Ways to gold articles; nothing of them may be in the answer but what is free. */
const DOORS = () => [
  `{ article(documentId: "${site.articles.gold}") { ${ALL} } }`,
  `{ articles(filters: { title: { eq: "Gold" } }) { ${ALL} } }`,
  `{ articles_connection(filters: { title: { eq: "Gold" } }) { nodes { ${ALL} } pageInfo { total } } }`,
  `{ authors { articles(filters: { title: { eq: "Gold" } }) { ${ALL} } } }`,
  `{ authors { articles_connection(filters: { title: { eq: "Gold" } }) { nodes { ${ALL} } } } }`,
  `{ home { featured(filters: { title: { eq: "Gold" } }) { ${ALL} } } }`,
  `{ articles(filters: { title: { eq: "Gold" } }) { author { articles(filters: { title: { eq: "Gold" } }) { ${ALL} localizations { body } } } } }`,
  `{ b: articles(filters: { title: { eq: "Gold" } }) { canary: body } }`,
];

describe.each([
  'visitor',
  'signedIn',
  'silver',
  'expired',
  'suspended',
  'readOnlyToken',
] as ViewerName[])('as %s', (viewer) => {
  test.each([0, 1, 2, 3, 4, 5, 6, 7])('door %i is closed', async (index) => {
    const { body, text } = await site.graphql(DOORS()[index] ?? '', viewer);
    expect(body.errors).toBeUndefined();
    expect(text).not.toContain(CANARY);
    const open = await site.graphql(DOORS()[index] ?? '', 'fullToken');
    expect(open.text).toContain(CANARY);
  });
});

test.each([
  '{ articles(filters: { body: { contains: "CANARY" } }) { title } }',
  '{ articles(filters: { or: [{ title: { eq: "x" } }, { not: { body: { contains: "C" } } }] }) { title } }',
  '{ articles(filters: { seo: { metaTitle: { contains: "CANARY" } } }) { title } }',
  '{ articles(sort: "body:asc") { title } }',
  '{ articles(status: DRAFT) { title } }',
  '{ articles_connection(filters: { body: { contains: "CANARY" } }) { pageInfo { total } } }',
  '{ authors(filters: { articles: { body: { contains: "CANARY" } } }) { name } }',
  '{ authors { articles(sort: ["body"]) { title } } }',
  '{ authors { articles(filters: { body: { notNull: true } }) { title } } }',
  '{ home { featured(filters: { body: { contains: "CANARY" } }) { title } } }',
])('%s is refused', async (query) => {
  const { body } = await site.graphql(query, 'gold');
  expect(body.errors?.[0]?.extensions?.error?.name).toBe('ValidationError');
  const staff = await site.graphql(query, 'fullToken');
  expect(staff.body.errors).toBeUndefined();
});

describe('drafts do not come in by a relation of another type’s drafts', () => {
  beforeAll(async () => {
    await documentsOf(site.strapi, 'api::note.note').create({
      data: { title: 'Note', slug: 'note', author: site.author },
    });
    await documentsOf(site.strapi, ARTICLE).create({
      data: { title: 'Unannounced', excerpt: 'Unannounced', author: site.author },
    });
  });

  test.each([
    '{ notes(status: DRAFT) { author { articles { title body } } } }',
    '{ a: notes(status: DRAFT) { author { b: articles { title } } } }',
    '{ notes(status: DRAFT) { author { articles_connection { nodes { title } } } } }',
    '{ notes_connection(status: DRAFT) { nodes { author { articles { title } } } } }',
    '{ authors(status: DRAFT) { articles { title } } }',
    '{ authors(publicationFilter: NEVER_PUBLISHED_DOCUMENT) { articles { title } } }',
    '{ fine: authors { name } authors(status: DRAFT) { articles { title } } }',
  ])('%s', async (query) => {
    const { text, body, headers } = await site.graphql(query, 'gold');
    expect(body.errors?.[0]?.extensions?.error?.name).toBe('ValidationError');
    expect(text).not.toContain('Unannounced');
    expect(text).not.toContain(CANARY);
    expect(headers['cache-control']).toBe('private, no-store');
    expect((await site.graphql(query, 'fullToken')).body.errors).toBeUndefined();
  });

  test('but what is published does, beside drafts of a type that is not gated', async () => {
    const { body } = await site.graphql(
      '{ notes(status: DRAFT) { title author { name } } authors { articles { title } } }',
      'gold'
    );
    expect(body.errors).toBeUndefined();
    expect(body.data?.notes?.[0]?.author?.name).toBe('Ada');
    expect(body.data?.authors?.[0]?.articles).toContainEqual({ title: 'Gold' });
  });
});

test('is kept out of caches', async () => {
  const { headers } = await site.graphql('{ articles { title } }');
  expect(headers['cache-control']).toBe('private, no-store');
  expect(headers.vary).toMatch(/Authorization.*Cookie/);
});

test('costs one query for the rules and one for the grants', async () => {
  const seen = await countQueries(site.strapi, () =>
    site.graphql(`{ articles { ${ALL} } }`, 'gold')
  );
  expect(seen).toHaveLength(2);
});

test('our own types are not in the site’s schema', async () => {
  const { text } = await site.graphql('{ __schema { types { name } } }', 'fullToken');
  for (const name of ['Grant', 'Subscription', 'Payment', 'Movement', 'Customer']) {
    expect(text).not.toContain(`"Memberships${name}`);
    expect(text).not.toContain(`"${name}Input"`);
  }
});
