import { type ViewerName } from '../integration/gate-support';
import { type Part } from './canary';
import { type AnswerDoor } from './doors';

const ALL: readonly Part[] = ['body', 'story', 'seo', 'text', 'quote', 'caption'];
const OWN: readonly Part[] = ['body', 'story'];

/** Users of the site; staff's own user keeps nothing. */
const SIGNED_IN: readonly ViewerName[] = [
  ...(['signedIn', 'free', 'silver', 'gold', 'expired', 'suspended'] as const),
];

/** The matrix's entries, and no others. */
const OURS = 'filters[slug][$startsWith]=leak-&pagination[pageSize]=100';
const FRENCH = 'filters[slug][$startsWith]=fuite-&pagination[pageSize]=100';

const list = (
  path: string,
  shows: readonly Part[],
  more: Partial<AnswerDoor> = {}
): AnswerDoor => ({
  name: path.replace(`&${OURS}`, '').replace(`&${FRENCH}`, ''),
  kind: 'article',
  shows,
  ask: () => ({ path }),
  ...more,
});

const single = (
  query: string,
  shows: readonly Part[],
  more: Partial<AnswerDoor> = {}
): AnswerDoor => ({
  name: `/api/articles/:id${query}`,
  single: true,
  kind: 'article',
  shows,
  ask: ({ documentId }) => ({ path: `/api/articles/${documentId}${query}` }),
  ...more,
});

/** Lists, single entries, every form of `fields` and `populate`. */
const DIRECT: readonly AnswerDoor[] = [
  list(`/api/articles?populate=*&${OURS}`, ALL),
  list(`/api/articles?fields[0]=body&${OURS}`, ['body']),
  list(`/api/articles?fields=body,story&${OURS}`, OWN),
  list(`/api/articles?fields=*&${OURS}`, OWN),
  list(`/api/articles?populate[0]=seo&populate[1]=sections&${OURS}`, ALL),
  list(`/api/articles?populate=seo,sections&${OURS}`, ALL),
  list(`/api/articles?populate[seo][fields][0]=metaTitle&${OURS}`, ['seo']),
  list(`/api/articles?populate[sections][on][shared.quote][fields][0]=text&${OURS}`, ['quote']),
  list(`/api/articles?populate[sections][populate]=*&${OURS}`, ['text', 'quote', 'caption']),
  list(`/api/articles?membership=readable&populate=*&${OURS}`, ALL),
  list(`/api/articles?pagination[withCount]=false&sort=title&${OURS}`, OWN),
  list(`/api/articles?locale=fr&populate=*&${FRENCH}`, ['fr']),
  list(`/api/articles?populate[localizations]=true&${OURS}`, ['fr']),
  list(`/api/articles?populate[localizations][fields][0]=body&${OURS}`, ['fr']),
  single('', OWN),
  single('?populate=*', ALL),
  single('?fields[0]=body', ['body']),
  single('?fields[0]=title&populate[seo]=true', ['seo']),
  single('?locale=fr', ['fr']),
  single('?populate=localizations', ['fr']),
  single('?status=draft', ['draft'], { staffOnly: true }),
  list(`/api/articles?status=draft&${OURS}`, ['draft'], { staffOnly: true }),
];

/** Through other types, and back again. */
const NESTED: readonly AnswerDoor[] = [
  list('/api/authors?populate=*', OWN),
  list('/api/authors?populate[articles][populate]=*&filters[slug]=leak', ALL),
  list('/api/authors?populate[articles][fields][0]=body&filters[slug]=leak', ['body']),
  list('/api/authors?populate=articles.seo,articles.sections&filters[slug]=leak', ALL),
  list('/api/categories?populate[articles][populate]=*', ALL),
  list('/api/notes?populate[author][populate][articles][populate]=*', ALL),
  list('/api/articles?populate[related][populate]=*&filters[slug]=leak-hub', ALL),
  list('/api/articles?populate[related][fields][0]=body&filters[slug]=leak-hub', ['body']),
  single('?populate[author][populate][articles][populate]=*', ALL),
  list('/api/home?populate=*', OWN),
  list('/api/home?populate[featured][populate]=*', ALL),
  list('/api/users?populate[savedArticles][populate]=*', ALL),
  list('/api/users?populate=savedArticles', OWN),
  list('/api/users/me?populate[savedArticles][populate]=*', ALL, { viewers: SIGNED_IN }),
  list('/api/upload/files?populate=related', OWN, { free: ['file'] }),
  list('/api/upload/files?populate[related][on][api::article.article][fields]=body', ['draft'], {
    free: ['file'],
    staffOnly: true,
  }),
  list('/api/upload/files?populate[related][on][api::article.article][populate]=*', ALL, {
    free: ['file'],
  }),
  list('/api/upload/files?populate[related][on][api::article.article][fields][0]=body', ['body'], {
    free: ['file'],
  }),
  list(`/api/articles?populate[cover][populate]=*&${OURS}`, OWN),
];

const letter = (
  query: string,
  shows: readonly Part[],
  more: Partial<AnswerDoor> = {}
): AnswerDoor => list(`/api/letters${query}`, shows, { kind: 'letter', ...more });

/** A gated type without drafts, with a required protected attribute and protected media. */
const LETTERS: readonly AnswerDoor[] = [
  letter('?populate=*', ['body', 'file']),
  letter('?fields[0]=body', ['body']),
  letter('?fields[0]=name&populate[attachment]=true', ['file']),
  {
    name: '/api/letters/:id?populate=*',
    single: true,
    kind: 'letter',
    shows: ['body', 'file'],
    ask: ({ documentId }) => ({ path: `/api/letters/${documentId}?populate=*` }),
  },
];

export const REST_ANSWERS: readonly AnswerDoor[] = [...DIRECT, ...NESTED, ...LETTERS];
