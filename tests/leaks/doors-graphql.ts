import { type Part } from './canary';
import { type AnswerDoor } from './doors';

const ALL: readonly Part[] = ['body', 'story', 'seo', 'text', 'quote', 'caption'];

const EVERYTHING = `documentId body story seo { metaTitle }
  sections { ... on ComponentSharedRichText { body } ... on ComponentSharedQuote { text }
    ... on ComponentSharedMedia { caption } }`;
const OURS = 'filters: { slug: { startsWith: "leak-" } }, pagination: { limit: 100 }';
const LEAK = 'filters: { slug: { eq: "leak" } }';

const door = (
  name: string,
  graphql: string,
  shows: readonly Part[],
  more: Partial<AnswerDoor> = {}
): AnswerDoor => ({
  name: `gql ${name}`,
  kind: 'article',
  shows,
  ask: () => ({ graphql }),
  ...more,
});

export const GRAPHQL_ANSWERS: readonly AnswerDoor[] = [
  door('articles', `{ articles(${OURS}) { ${EVERYTHING} } }`, ALL),
  door('articles, aliased', `{ a: articles(${OURS}) { title: body excerpt: story } }`, [
    'body',
    'story',
  ]),
  door(
    'articles, by fragment',
    `fragment F on Article { b: body s: seo { t: metaTitle } } { articles(${OURS}) { ...F } }`,
    ['body', 'seo']
  ),
  door('articles_connection', `{ articles_connection(${OURS}) { nodes { ${EVERYTHING} } } }`, ALL),
  door('articles locale', `{ articles(locale: "fr", pagination: { limit: 100 }) { body } }`, [
    'fr',
  ]),
  door('articles localizations', `{ articles(${OURS}) { localizations { body } } }`, ['fr']),
  door(
    'articles localizations_connection',
    `{ articles(${OURS}) { localizations_connection { nodes { body } } } }`,
    ['fr']
  ),
  door('articles status: DRAFT', `{ articles(${OURS}, status: DRAFT) { body } }`, ['draft'], {
    staffOnly: true,
  }),
  {
    name: 'gql article',
    single: true,
    kind: 'article',
    shows: ALL,
    ask: ({ documentId }) => ({
      graphql: `{ article(documentId: "${documentId}") { ${EVERYTHING} } }`,
    }),
  },
  {
    name: 'gql article author.articles',
    single: true,
    kind: 'article',
    shows: ALL,
    ask: ({ documentId }) => ({
      graphql: `{ article(documentId: "${documentId}") { author { articles(${OURS}) { ${EVERYTHING} } } } }`,
    }),
  },
  door('author.articles', `{ authors(${LEAK}) { articles(${OURS}) { ${EVERYTHING} } } }`, ALL),
  door(
    'author.articles_connection',
    `{ authors(${LEAK}) { articles_connection(${OURS}) { nodes { ${EVERYTHING} } } } }`,
    ALL
  ),
  door('category.articles', `{ categories(${LEAK}) { articles(${OURS}) { ${EVERYTHING} } } }`, ALL),
  door(
    'article.related',
    `{ articles(filters: { slug: { eq: "leak-hub" } }) { related(${OURS}) { ${EVERYTHING} } } }`,
    ALL
  ),
  door('home.featured', `{ home { featured(${OURS}) { ${EVERYTHING} } } }`, ALL),
  door(
    'user.savedArticles',
    `{ usersPermissionsUsers { savedArticles(${OURS}) { ${EVERYTHING} } } }`,
    ALL
  ),
  door(
    'letters',
    `{ letters(pagination: { limit: 100 }) { body attachment { name } } }`,
    ['body', 'file'],
    {
      kind: 'letter',
    }
  ),
  {
    name: 'gql letter',
    single: true,
    kind: 'letter',
    shows: ['body', 'file'],
    ask: ({ documentId }) => ({
      graphql: `{ letter(documentId: "${documentId}") { body attachment { name } } }`,
    }),
  },
];
