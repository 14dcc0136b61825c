import type { Core } from '@strapi/strapi';
import { seedDesks } from './desks';
import { documents } from './documents';
import { uploadCover } from './media';
import { readArticles, readLetters, type Article, type Entry } from './read-magazine';
import { seedRule } from './rules';

const ARTICLE = 'api::article.article';
const LETTER = 'api::letter.letter';
const HOME = 'api::home.home';
const DAY = 24 * 60 * 60 * 1000;

const FEATURED = [
  'the-last-light-on-the-breakwater',
  'night-ferry-deck-b',
  'how-to-read-a-tide-table',
];

const words = ({ fields, slug, body }: Entry) => ({
  title: fields.title,
  slug,
  excerpt: fields.excerpt,
  body,
  seo: { metaTitle: fields.title?.slice(0, 70), metaDescription: fields.seo },
});

const sections = ({ fields }: Article) =>
  fields.quote
    ? [{ __component: 'shared.quote', text: fields.quote, source: fields.quoteSource }]
    : [];

const seedArticle = async (
  strapi: Core.Strapi,
  article: Article,
  desks: Awaited<ReturnType<typeof seedDesks>>,
  now: number
): Promise<void> => {
  const { slug, fields, french, story } = article;
  const known = await documents(strapi, ARTICLE).findFirst({ filters: { slug } });
  if (known) return;

  const shared = {
    readingMinutes: Number(fields.minutes),
    cover: await uploadCover(strapi, fields.cover ?? '', `Drawing for “${fields.title}”`),
    author: desks.authors.get(fields.author ?? ''),
    category: desks.categories.get(fields.category ?? ''),
  };
  const { documentId } = await documents(strapi, ARTICLE).create({
    data: { ...words(article), ...shared, story, sections: sections(article) },
    status: 'draft',
  });
  // The rule first: an article is never open for the moment between publishing and closing it.
  await seedRule(strapi, { uid: ARTICLE, documentId, fields, now });
  await strapi.documents(ARTICLE).publish({ documentId });
  if (french) {
    await documents(strapi, ARTICLE).update({
      documentId,
      locale: 'fr',
      data: { ...words(french), ...shared },
      status: 'published',
    });
  }
};

const seedLetter = async (strapi: Core.Strapi, letter: Entry, now: number): Promise<void> => {
  const { slug, fields, body } = letter;
  if (await documents(strapi, LETTER).findFirst({ filters: { slug } })) return;
  const sentAt = new Date(now - Number(fields.daysAgo) * DAY).toISOString();
  const { documentId } = await documents(strapi, LETTER).create({
    data: { name: fields.name, slug, summary: fields.summary, body, sentAt },
  });
  await seedRule(strapi, { uid: LETTER, documentId, fields, now });
};

const linkRelated = async (strapi: Core.Strapi, articles: Article[]): Promise<void> => {
  for (const { slug, fields } of articles) {
    if (!fields.related) continue;
    const { documentId } =
      (await documents(strapi, ARTICLE).findFirst({ filters: { slug } })) ?? {};
    const slugs = fields.related.split(',').map((one) => one.trim());
    const related = await documents(strapi, ARTICLE).findMany({
      filters: { slug: { $in: slugs } },
    });
    if (!documentId) continue;
    await documents(strapi, ARTICLE).update({
      documentId,
      data: { related: related.map((one) => one.documentId) },
      status: 'published',
    });
  }
};

const seedHome = async (strapi: Core.Strapi): Promise<void> => {
  if (await documents(strapi, HOME).findFirst()) return;
  const found = await documents(strapi, ARTICLE).findMany({ filters: { slug: { $in: FEATURED } } });
  const featured = FEATURED.map((slug) => found.find((one) => one.slug === slug)?.documentId);
  const { documentId } = await documents(strapi, HOME).create({
    data: {
      headline: 'Slow news from the edge of the water',
      intro:
        'Tideline is a magazine about harbours, weather, crossings and what is eaten there. Its readers pay for it, so nothing on this page is trying to sell you a boat.',
      featured,
    },
  });
  await documents(strapi, HOME).update({
    documentId,
    locale: 'fr',
    data: {
      headline: 'Des nouvelles lentes du bord de l’eau',
      intro:
        'Tideline parle des ports, du temps, des traversées et de ce qu’on y mange. Ce sont ses lecteurs qui le paient ; rien sur cette page n’essaie de vous vendre un bateau.',
      featured,
    },
  });
};

/** The magazine: desks, articles with their covers and rules, letters, the front page. */
export const seedMagazine = async (strapi: Core.Strapi, now: number): Promise<void> => {
  const desks = await seedDesks(strapi);
  const articles = readArticles();
  for (const article of articles) await seedArticle(strapi, article, desks, now);
  await linkRelated(strapi, articles);
  for (const letter of readLetters()) await seedLetter(strapi, letter, now);
  await seedHome(strapi);
};
