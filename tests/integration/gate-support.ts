import type { Core } from '@strapi/strapi';
import { bootSite, type BootOptions, type Site } from '../support/boot';

/**
 * A site with everything the gate has to tell apart: tiers, a viewer of each kind, articles of each
 * rule. Every protected value holds a canary; who may not read it must not find one anywhere.
 */

export const CANARY = 'CANARY';
export const ARTICLE = 'api::article.article';
export const LETTER = 'api::letter.letter';

const DAY = 86_400_000;

export interface Viewer {
  /** Sent as `Authorization`. */
  token?: string;
}

export type ViewerName =
  | 'visitor'
  | 'signedIn'
  | 'free'
  | 'silver'
  | 'gold'
  | 'expired'
  | 'suspended'
  | 'staff'
  | 'readOnlyToken'
  | 'fullToken'
  | 'customToken'
  | 'readAllToken';

export interface GateSite extends Site {
  tiers: Record<'free' | 'silver' | 'gold' | 'archived', string>;
  members: Record<string, string>;
  viewers: Record<ViewerName, Viewer>;
  users: Record<string, number>;
  /** documentIds. */
  articles: Record<'public' | 'members' | 'paid' | 'silver' | 'gold' | 'free', string>;
  letter: string;
  author: string;
  home: string;
  /** A GET as somebody. */
  get(path: string, viewer?: ViewerName): Promise<Answer>;
  graphql(query: string, viewer?: ViewerName): Promise<Answer>;
  admin(method: 'get' | 'post' | 'put' | 'delete', path: string, body?: object): Promise<Answer>;
  rule(documentId: string, rule: Record<string, unknown>, uid?: string): Promise<void>;
}

export interface Answer {
  status: number;
  text: string;
  headers: Record<string, string>;
  // What a test reads out of an answer, it also checks.
  body: Json;
}

/** JSON that may be read at any path; what is not there is undefined. */
export interface Json {
  [key: string]: Json;
}

interface Created {
  id: number;
  documentId: string;
}

const create = async (
  strapi: Core.Strapi,
  uid: string,
  data: Record<string, unknown>
): Promise<Created> => strapi.db.query(uid).create({ data });

const blocks = (...texts: string[]) =>
  texts.map((text) => ({ type: 'paragraph', children: [{ type: 'text', text }] }));

export const MARKDOWN = `Free markdown\n\n<!--members-only-->\n\n${CANARY} markdown`;
export const STORY = blocks('Free block', '<!--members-only-->', `${CANARY} block`);

const article = (title: string, more: Record<string, unknown> = {}) => ({
  title,
  slug: title.toLowerCase().replaceAll(' ', '-'),
  excerpt: `Excerpt of ${title}`,
  readingMinutes: 5,
  body: MARKDOWN,
  story: STORY,
  seo: { metaTitle: `${CANARY} seo`, metaDescription: `${CANARY} seo` },
  sections: [
    { __component: 'shared.rich-text', body: `${CANARY} rich text` },
    { __component: 'shared.quote', text: `${CANARY} quote`, source: 'someone' },
  ],
  editorNote: `${CANARY} note`,
  ...more,
});

const addUser = async (strapi: Core.Strapi, name: string, roleType = 'authenticated') => {
  const role: Created = await strapi.db
    .query('plugin::users-permissions.role')
    .findOne({ where: { type: roleType } });
  const user: Created = await strapi.db.query('plugin::users-permissions.user').create({
    data: {
      username: name,
      email: `${name}@reader.example`.toLowerCase(),
      provider: 'local',
      confirmed: true,
      blocked: false,
      role: role.id,
    },
  });
  const jwt: string = await strapi
    .plugin('users-permissions')
    .service('jwt')
    .issue({ id: user.id });
  return { id: user.id, token: jwt };
};

/** The plugin may have made one as soon as the user was there. */
const memberOf = async (strapi: Core.Strapi, user: number): Promise<Created> => {
  const find = (): Promise<Created | null> =>
    strapi.db.query('plugin::memberships.member').findOne({ where: { user: { id: user } } });
  const present = await find();
  if (present) return present;
  try {
    return await create(strapi, 'plugin::memberships.member', { user });
  } catch (error) {
    const meanwhile = await find();
    if (!meanwhile) throw error;
    return meanwhile;
  }
};

const addToken = async (
  strapi: Core.Strapi,
  type: string,
  permissions?: string[]
): Promise<string> => {
  const token: { accessKey: string } = await strapi.service('admin::api-token').create({
    kind: 'content-api',
    name: `${type} ${permissions?.length ?? 0}`,
    type,
    lifespan: null,
    permissions,
  });
  return token.accessKey;
};

const adminToken = async (site: Site): Promise<string> => {
  const { strapi, http } = site;
  const role: Created = await strapi.db
    .query('admin::role')
    .findOne({ where: { code: 'strapi-super-admin' } });
  await strapi.service('admin::user').create({
    email: 'admin@site.example',
    firstname: 'Site',
    lastname: 'Admin',
    password: 'Passw0rd!',
    isActive: true,
    registrationToken: null,
    roles: [role.id],
  });
  const { body } = await http
    .post('/admin/login')
    .send({ email: 'admin@site.example', password: 'Passw0rd!' });
  return body.data.token;
};

const addStaffRole = async (strapi: Core.Strapi) => {
  const role = await create(strapi, 'plugin::users-permissions.role', {
    name: 'Staff',
    type: 'staff',
  });
  const like: { action: string }[] = await strapi.db
    .query('plugin::users-permissions.permission')
    .findMany({ where: { role: { type: 'authenticated' } } });
  for (const action of [
    ...like.map((permission) => permission.action),
    'plugin::memberships.content.readAll',
  ]) {
    await create(strapi, 'plugin::users-permissions.permission', { action, role: role.id });
  }
};

const READ = ['article', 'author', 'letter', 'note', 'category'].flatMap((name) => [
  `api::${name}.${name}.find`,
  `api::${name}.${name}.findOne`,
]);

type Params = Record<string, unknown>;

/** Strapi's Document Service, untyped as the site's schemas are here. */
export interface Documents {
  create(params: Params): Promise<{ documentId: string }>;
  update(params: Params): Promise<unknown>;
  clone(params: Params): Promise<{ documentId: string }>;
  delete(params: Params): Promise<unknown>;
  publish(params: Params): Promise<unknown>;
  unpublish(params: Params): Promise<unknown>;
}

export const documentsOf = (strapi: Core.Strapi, uid: string): Documents =>
  Reflect.apply(strapi.documents, strapi, [uid]);

export const bootGateSite = async (options: BootOptions = {}): Promise<GateSite> => {
  const site = await bootSite(options);
  const { strapi, http, clock } = site;

  // Before there are tiers: an account comes with the free ones there are.
  const names = ['signedIn', 'free', 'silver', 'gold', 'expired', 'suspended'];
  const accounts = new Map<string, { id: number; token: string }>();
  for (const name of names) accounts.set(name, await addUser(strapi, name));
  await addStaffRole(strapi);
  const staff = await addUser(strapi, 'staff', 'staff');

  const tier = async (slug: string, data: Record<string, unknown> = {}) =>
    create(strapi, 'plugin::memberships.tier', {
      name: slug[0]?.toUpperCase() + slug.slice(1),
      slug,
      kind: 'paid',
      ...data,
    });
  const free = await tier('free', { kind: 'free' });
  const silver = await tier('silver', { rank: 1 });
  const gold = await tier('gold', { rank: 2, includes: [silver.id] });
  const archived = await tier('archived', { archivedAt: new Date(clock.now - DAY).toISOString() });

  const users: Record<string, number> = {};
  const members: Record<string, string> = {};
  const viewers: Record<ViewerName, Viewer> = {
    visitor: {},
    signedIn: {},
    free: {},
    silver: {},
    gold: {},
    expired: {},
    suspended: {},
    staff: {},
    readOnlyToken: {},
    fullToken: {},
    customToken: {},
    readAllToken: {},
  };
  const at = (days: number) => new Date(clock.now + days * DAY).toISOString();
  const reader = async (
    name: ViewerName,
    grant?: { tier: number; endsAt?: string },
    suspendedAt?: string
  ) => {
    const user = accounts.get(name);
    if (!user) throw new Error(`no account of ${name}`);
    users[name] = user.id;
    viewers[name] = { token: user.token };
    if (!grant) return;
    const member = await memberOf(strapi, user.id);
    await strapi.db
      .query('plugin::memberships.member')
      .update({ where: { id: member.id }, data: { suspendedAt } });
    members[name] = member.documentId;
    await create(strapi, 'plugin::memberships.grant', {
      member: member.id,
      source: 'complimentary',
      startsAt: at(-30),
      ...grant,
    });
  };
  await reader('signedIn');
  await reader('free', { tier: free.id });
  await reader('silver', { tier: silver.id });
  await reader('gold', { tier: gold.id });
  await reader('expired', { tier: gold.id, endsAt: at(-1) });
  await reader('suspended', { tier: gold.id }, at(-1));
  viewers.staff = { token: staff.token };
  viewers.readOnlyToken = { token: await addToken(strapi, 'read-only') };
  viewers.fullToken = { token: await addToken(strapi, 'full-access') };
  viewers.customToken = { token: await addToken(strapi, 'custom', READ) };
  viewers.readAllToken = {
    token: await addToken(strapi, 'custom', [...READ, 'plugin::memberships.content.readAll']),
  };

  const author = await create(strapi, 'api::author.author', { name: 'Ada', slug: 'ada' });
  const write = async (title: string, more: Record<string, unknown> = {}) => {
    const { documentId } = await documentsOf(strapi, ARTICLE).create({
      data: { ...article(title), author: author.documentId, ...more },
      status: 'published',
    });
    return documentId;
  };
  const articles = {
    public: await write('Public'),
    members: await write('Members'),
    paid: await write('Paid'),
    silver: await write('Silver'),
    gold: await write('Gold'),
    free: await write('Free'),
  };

  const rule = async (documentId: string, data: Record<string, unknown>, uid: string = ARTICLE) => {
    await create(strapi, 'plugin::memberships.rule', {
      targetUid: uid,
      targetDocumentId: documentId,
      ...data,
    });
  };
  await rule(articles.members, { visibility: 'members' });
  await rule(articles.paid, { visibility: 'paid' });
  await rule(articles.silver, { visibility: 'tiers', tiers: [silver.id] });
  await rule(articles.gold, { visibility: 'tiers', tiers: [gold.id] });
  await rule(articles.free, { visibility: 'tiers', tiers: [free.id] });

  const letter = await create(strapi, LETTER, {
    name: 'Letter',
    slug: 'letter',
    summary: 'Summary',
    body: `${CANARY} letter`,
  });
  const home = await documentsOf(strapi, 'api::home.home').create({
    data: { headline: 'Today', featured: [articles.gold, articles.public] },
  });

  const bearer = await adminToken(site);
  const auth = (viewer: ViewerName): Record<string, string> => {
    const { token } = viewers[viewer];
    return token ? { authorization: `Bearer ${token}` } : {};
  };

  return {
    ...site,
    tiers: {
      free: free.documentId,
      silver: silver.documentId,
      gold: gold.documentId,
      archived: archived.documentId,
    },
    users,
    members,
    viewers,
    articles,
    letter: letter.documentId,
    author: author.documentId,
    home: home.documentId,
    rule,
    get: async (path, viewer = 'visitor') => http.get(path).set(auth(viewer)),
    graphql: async (query, viewer = 'visitor') =>
      http.post('/graphql').set(auth(viewer)).send({ query }),
    admin: async (method, path, body) =>
      http[method](path)
        .set({ authorization: `Bearer ${bearer}` })
        .send(body),
  };
};

/** What a field of JSON says, as text. */
export const said = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null);

/** Counts the statements on the plugin's own tables while `work` runs. */
export const countQueries = async (
  strapi: Core.Strapi,
  work: () => Promise<unknown>
): Promise<string[]> => {
  const seen: string[] = [];
  const listen = ({ sql }: { sql: string }) => {
    if (/memberships_(rules|grants|members|tiers)/.test(sql)) seen.push(sql);
  };
  strapi.db.connection.on('query', listen);
  try {
    await work();
  } finally {
    strapi.db.connection.removeListener('query', listen);
  }
  return seen;
};
