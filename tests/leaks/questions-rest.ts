import { type Part } from './canary';
import { type Target } from './content';
import { type QuestionDoor } from './doors';
import { type Kind } from './rules';

/** `GUESS` becomes the start of the canary that is there, then of one that is not. */
const guess = (
  name: string,
  part: Part,
  kind: Kind = 'article',
  more: (target: Target) => string = () => ''
): QuestionDoor => ({
  name: name.replaceAll('GUESS', '…'),
  kind,
  ask: (target) => {
    const request = (word: string) => ({
      path: name.replaceAll('GUESS', `${word}.${target.rule.name}.${part}.`) + more(target),
    });
    return [request('CANARY'), request('NOBODY')];
  },
});

/** Whether an article comes before the hub: both ways round, or neither. */
const order = (name: string, slug = 'filters[slug]'): QuestionDoor => ({
  name: name.replace('WAY', 'asc|desc'),
  kind: 'article',
  ask: (target) => {
    const two = `${slug}[$in][0]=leak-hub&${slug}[$in][1]=${target.slug}`;
    const request = (way: string) => ({ path: `${name.replace('WAY', way)}&${two}` });
    return [request('asc'), request('desc')];
  },
});

/** Two values of one parameter, asked of one entry. */
const either = (
  name: string,
  one: string,
  other: string,
  kind: Kind = 'article'
): QuestionDoor => ({
  name: name.replace('VALUE', `${one}|${other}`),
  kind,
  ask: ({ slug }) => {
    const request = (value: string) => ({
      path: `${name.replace('VALUE', value)}&filters[slug]=${slug}`,
    });
    return [request(one), request(other)];
  },
});

const TITLE = 'fields[0]=title';

const FILTERS: readonly QuestionDoor[] = [
  guess(`/api/articles?${TITLE}&filters[body][$contains]=GUESS`, 'body'),
  guess(`/api/articles?${TITLE}&filters[body][$containsi]=GUESS`, 'body'),
  guess(`/api/articles?${TITLE}&filters[$not][body][$contains]=GUESS`, 'body'),
  guess(`/api/articles?${TITLE}&filters[body][$notContains]=GUESS`, 'body'),
  guess(
    `/api/articles?${TITLE}&filters[$or][0][title]=x&filters[$or][1][body][$contains]=GUESS`,
    'body'
  ),
  guess(`/api/articles?${TITLE}&filters[seo][metaTitle][$startsWith]=GUESS`, 'seo'),
  guess(`/api/articles?${TITLE}&filters[author][articles][body][$contains]=GUESS`, 'body'),
  guess(`/api/articles?${TITLE}&filters[localizations][body][$contains]=GUESS`, 'fr'),
  guess(`/api/articles?${TITLE}&locale=fr&filters[body][$contains]=GUESS`, 'fr'),
  guess(`/api/articles?${TITLE}&membership=readable&filters[body][$contains]=GUESS`, 'body'),
  guess(
    '/api/articles?pagination[pageSize]=1&pagination[page]=9&filters[body][$contains]=GUESS',
    'body'
  ),
  guess('/api/authors?filters[articles][body][$contains]=GUESS', 'body'),
  guess(
    '/api/authors?fields[0]=name&sort=name&filters[articles][seo][metaTitle][$contains]=GUESS',
    'seo'
  ),
  guess(
    `/api/authors?populate[articles][fields][0]=title&populate[articles][filters][body][$contains]=GUESS`,
    'body'
  ),
  guess('/api/categories?filters[articles][body][$contains]=GUESS', 'body'),
  guess('/api/notes?filters[author][articles][body][$contains]=GUESS', 'body'),
  guess('/api/home?populate[featured][filters][body][$contains]=GUESS', 'body'),
  guess('/api/users?filters[savedArticles][body][$contains]=GUESS', 'body'),
  guess('/api/users?populate[savedArticles][filters][body][$contains]=GUESS', 'body'),
  guess('/api/letters?fields[0]=name&filters[body][$contains]=GUESS', 'body', 'letter'),
  guess('/api/letters?fields[0]=name&filters[attachment][name][$contains]=GUESS', 'file', 'letter'),
  either(`/api/articles?${TITLE}&filters[related][slug]=VALUE`, 'leak-hub', 'leak-none'),
  either('/api/letters?fields[0]=name&filters[articles][slug]=VALUE', 'leak-hub', 'none', 'letter'),
  either(`/api/articles?${TITLE}&filters[body][$null]=VALUE`, 'true', 'false'),
];

const SEARCHES: readonly QuestionDoor[] = [
  guess(`/api/articles?${TITLE}&_q=GUESS`, 'body'),
  guess(`/api/articles?${TITLE}&_q=GUESS`, 'note'),
  guess('/api/articles?pagination[pageSize]=1&pagination[page]=9&_q=GUESS', 'body'),
  guess(`/api/articles?${TITLE}&_q=GUESS&filters[slug]=`, 'body', 'article', ({ slug }) => slug),
  guess(`/api/articles?${TITLE}&locale=fr&_q=GUESS`, 'fr'),
  guess('/api/letters?fields[0]=name&_q=GUESS', 'body', 'letter'),
];

const SORTS: readonly QuestionDoor[] = [
  order(`/api/articles?${TITLE}&sort=body:WAY`),
  order(`/api/articles?${TITLE}&sort[0][body]=WAY`),
  order(`/api/articles?${TITLE}&sort=seo.metaTitle:WAY`),
  order(
    `/api/authors?populate[articles][fields][0]=title&populate[articles][sort]=body:WAY&filters[slug]=leak`,
    'populate[articles][filters][slug]'
  ),
  order('/api/home?populate[featured][sort]=body:WAY', 'populate[featured][filters][slug]'),
];

/** Whether there is a draft, and what it says. */
const DRAFTS: readonly QuestionDoor[] = [
  guess(`/api/articles?${TITLE}&status=draft&filters[body][$contains]=GUESS`, 'draft'),
  guess(`/api/articles?${TITLE}&status=draft&_q=GUESS`, 'draft'),
  either(`/api/articles?${TITLE}&status=draft&publicationFilter=VALUE`, 'modified', 'unmodified'),
  either(`/api/articles?${TITLE}&publicationFilter=VALUE`, 'modified', 'unmodified'),
  either(`/api/articles?${TITLE}&status=draft&hasPublishedVersion=VALUE`, 'true', 'false'),
];

export const REST_QUESTIONS: readonly QuestionDoor[] = [
  ...FILTERS,
  ...SEARCHES,
  ...SORTS,
  ...DRAFTS,
];
