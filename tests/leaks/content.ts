import type { Core } from '@strapi/strapi';
import {
  ARTICLE,
  LETTER,
  bootGateSite,
  documentsOf,
  type GateSite,
} from '../integration/gate-support';
import { canary, nextGeneration } from './canary';
import { tickDoors } from './permissions';
import { RULES, type Kind, type Rule } from './rules';

/** One entry of a rule. */
export interface Target {
  rule: Rule;
  documentId: string;
  slug: string;
}

export interface LeakSite extends GateSite {
  targets: Record<Kind, Target[]>;
}

const FILE = 'plugin::upload.file';
const blocks = (...texts: string[]) =>
  texts.map((text) => ({ type: 'paragraph', children: [{ type: 'text', text }] }));
const below = (text: string, free = 'Free') => `${free}\n\n<!--members-only-->\n\n${text}`;

const addFile = async (strapi: Core.Strapi, name: string): Promise<number> => {
  const hash = name.replace(/\W/g, '');
  const file: { id: number } = await strapi.db.query(FILE).create({
    data: {
      name,
      hash,
      ext: '.png',
      mime: 'image/png',
      size: 1,
      url: `/uploads/${hash}.png`,
      provider: 'local',
      folderPath: '/',
    },
  });
  return file.id;
};

const addRule = async (site: GateSite, { row }: Rule, documentId: string, uid: string) => {
  if (!row) return;
  const { visibility, tiers = [], opensIn, dripDays } = row;
  const held: { id: number }[] = await site.strapi.db.query('plugin::memberships.tier').findMany({
    where: { documentId: { $in: tiers.map((tier) => site.tiers[tier]) } },
  });
  const opensAt = opensIn === undefined ? null : new Date(site.clock.now + opensIn * 3_600_000);
  await site.rule(
    documentId,
    { visibility, tiers: held.map(({ id }) => id), opensAt, dripDays },
    uid
  );
};

interface Around {
  author: string;
  category: string;
  hub: string;
}

/** An article in two languages, published, and changed since. */
const addArticle = async (site: GateSite, rule: Rule, around: Around): Promise<Target> => {
  const { strapi } = site;
  const { name } = rule;
  const slug = `leak-${name}`;
  const articles = documentsOf(strapi, ARTICLE);
  const { documentId } = await articles.create({
    data: {
      title: `Leak ${name}`,
      slug,
      excerpt: 'Excerpt',
      readingMinutes: 5,
      body: below(canary(name, 'body')),
      story: blocks('Free', '<!--members-only-->', canary(name, 'story')),
      seo: { metaTitle: canary(name, 'seo'), metaDescription: 'About' },
      sections: [
        { __component: 'shared.rich-text', body: canary(name, 'text') },
        { __component: 'shared.quote', text: canary(name, 'quote'), source: 'someone' },
        { __component: 'shared.media', caption: canary(name, 'caption') },
      ],
      editorNote: canary(name, 'note'),
      cover: await addFile(strapi, `cover ${name}`),
      author: around.author,
      category: around.category,
      related: [around.hub],
    },
    status: 'published',
  });
  await articles.update({
    documentId,
    locale: 'fr',
    data: { title: `Fuite ${name}`, slug: `fuite-${name}`, body: below(canary(name, 'fr')) },
    status: 'published',
  });
  await articles.update({
    documentId,
    data: { body: below(canary(name, 'draft'), canary(name, 'preface')) },
  });
  await addRule(site, rule, documentId, ARTICLE);
  return { rule, documentId, slug };
};

const addLetter = async (site: GateSite, rule: Rule, hub: string): Promise<Target> => {
  const { name } = rule;
  const slug = `leak-${name}`;
  const { documentId } = await documentsOf(site.strapi, LETTER).create({
    data: {
      name: `Leak ${name}`,
      slug,
      summary: 'Summary',
      body: below(canary(name, 'body')),
      attachment: await addFile(site.strapi, canary(name, 'file')),
      articles: [hub],
    },
  });
  await addRule(site, rule, documentId, LETTER);
  return { rule, documentId, slug };
};

/** A booted site with an article and a letter of every rule, and every way to them. */
export const bootLeakSite = async (gated: boolean): Promise<LeakSite> => {
  const site = await bootGateSite(gated ? {} : { options: { access: { enabled: false } } });
  const { strapi } = site;
  const viewers = await tickDoors(site);
  const add = (uid: string, data: Record<string, unknown>) =>
    documentsOf(strapi, uid).create({ data, status: 'published' });

  const { documentId: author } = await add('api::author.author', { name: 'Leak', slug: 'leak' });
  const { documentId: category } = await add('api::category.category', {
    name: 'Leak',
    slug: 'leak',
  });
  // Open to everybody, related to all; what entries are sorted against.
  const open = { title: 'Leak hub', slug: 'leak-hub', body: 'M', author };
  const { documentId: hub } = await add(ARTICLE, open);
  await add('api::note.note', { title: 'Leak', slug: 'leak', author });

  const targets: Record<Kind, Target[]> = { article: [], letter: [] };
  for (const rule of RULES) {
    if (rule.kinds.includes('article')) {
      targets.article.push(await addArticle(site, rule, { author, category, hub }));
    }
    if (rule.kinds.includes('letter')) targets.letter.push(await addLetter(site, rule, hub));
  }

  const all = targets.article.map(({ documentId }) => documentId);
  await documentsOf(strapi, ARTICLE).update({
    documentId: hub,
    data: { related: all },
    status: 'published',
  });
  await documentsOf(strapi, 'api::home.home').update({
    documentId: site.home,
    data: { featured: [...all, hub] },
  });
  const published: { id: number }[] = await strapi.db.query(ARTICLE).findMany({
    where: { documentId: { $in: all }, locale: 'en', publishedAt: { $notNull: true } },
  });
  const savedArticles = published.map(({ id }) => id);
  for (const id of Object.values(site.users)) {
    await strapi.db
      .query('plugin::users-permissions.user')
      .update({ where: { id }, data: { savedArticles } });
  }
  return { ...site, viewers, targets };
};

const PROTECTED: Record<string, readonly string[]> = {
  [ARTICLE]: ['body', 'story', 'editorNote'],
  [LETTER]: ['body'],
  'shared.seo': ['metaTitle'],
  'shared.rich-text': ['body'],
  'shared.quote': ['text'],
  'shared.media': ['caption'],
  [FILE]: ['name'],
};

/** Changes every canary straight in the database. @returns how many values were changed */
export const changeCanaries = async ({ strapi }: LeakSite): Promise<number> => {
  let changed = 0;
  for (const [uid, keys] of Object.entries(PROTECTED)) {
    const rows: Record<string, unknown>[] = await strapi.db.query(uid).findMany();
    for (const row of rows) {
      const next = keys
        .map((key) => [key, nextGeneration(row[key])] as const)
        .filter(([, value]) => value !== undefined);
      if (next.length === 0) continue;
      changed += next.length;
      // Given, or the engine would write its own: an answer may show when an entry was changed.
      const kept = row.updatedAt === undefined ? {} : { updatedAt: row.updatedAt };
      const data = { ...Object.fromEntries(next), ...kept };
      await strapi.db.query(uid).updateMany({ where: { id: row.id }, data });
    }
  }
  return changed;
};
