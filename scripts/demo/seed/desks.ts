import type { Core } from '@strapi/strapi';
import { documents } from './documents';

const AUTHORS = [
  {
    slug: 'harbour-desk',
    name: 'The Harbour Desk',
    bio: 'Quays, dues, lamps and the people who mind them.',
  },
  {
    slug: 'weather-desk',
    name: 'The Weather Desk',
    bio: 'Tides, fog and other things that arrive by themselves.',
  },
  {
    slug: 'kitchen-table',
    name: 'The Kitchen Table',
    bio: 'What is eaten on the coast, and what it was for.',
  },
  {
    slug: 'night-ferry',
    name: 'The Night Ferry',
    bio: 'Crossings, knots, and reports from the cheaper seats.',
  },
];

const CATEGORIES = [
  { slug: 'harbours', name: 'Harbours' },
  { slug: 'almanac', name: 'Almanac' },
  { slug: 'table', name: 'The table' },
  { slug: 'crossings', name: 'Crossings' },
];

const ensure = async (
  strapi: Core.Strapi,
  uid: 'api::author.author' | 'api::category.category',
  rows: { slug: string; name: string }[]
): Promise<Map<string, string>> => {
  const ids = new Map<string, string>();
  for (const data of rows) {
    const known = await documents(strapi, uid).findFirst({ filters: { slug: data.slug } });
    ids.set(data.slug, (known ?? (await documents(strapi, uid).create({ data }))).documentId);
  }
  return ids;
};

/** Bylines and sections; documentIds by slug. */
export const seedDesks = async (strapi: Core.Strapi) => ({
  authors: await ensure(strapi, 'api::author.author', AUTHORS),
  categories: await ensure(strapi, 'api::category.category', CATEGORIES),
});
