import { type Part } from './canary';
import { type QuestionDoor } from './doors';
import { type Kind } from './rules';

/** `GUESS` becomes the start of a canary that is there, then of one that is not. */
const guess = (
  name: string,
  graphql: string,
  part: Part = 'body',
  kind: Kind = 'article'
): QuestionDoor => ({
  name: `gql ${name}`,
  kind,
  ask: ({ rule }) => {
    const request = (word: string) => ({
      graphql: graphql.replace('GUESS', `"${word}.${rule.name}.${part}."`),
    });
    return [request('CANARY'), request('NOBODY')];
  },
});

const order = (name: string, graphql: string): QuestionDoor => ({
  name: `gql ${name}`,
  kind: 'article',
  ask: ({ slug }) => {
    const two = `filters: { slug: { in: ["leak-hub", "${slug}"] } }`;
    const request = (way: string) => ({
      graphql: graphql.replace('WAY', way).replace('TWO', two),
    });
    return [request('asc'), request('desc')];
  },
});

export const GRAPHQL_QUESTIONS: readonly QuestionDoor[] = [
  guess('articles(filters.body)', '{ articles(filters: { body: { contains: GUESS } }) { title } }'),
  guess(
    'articles(filters.not.body)',
    '{ articles(filters: { not: { body: { contains: GUESS } } }, pagination: { limit: 100 }) { title } }'
  ),
  guess(
    'articles(filters.or.body)',
    '{ articles(filters: { or: [{ title: { eq: "x" } }, { body: { containsi: GUESS } }] }) { title } }'
  ),
  guess(
    'articles(filters.seo)',
    '{ articles(filters: { seo: { metaTitle: { startsWith: GUESS } } }) { title } }',
    'seo'
  ),
  guess(
    'articles_connection(filters.body) total',
    '{ articles_connection(filters: { body: { contains: GUESS } }) { pageInfo { total } } }'
  ),
  guess(
    'articles(status: DRAFT, filters.body)',
    '{ articles(status: DRAFT, filters: { body: { contains: GUESS } }) { title } }',
    'draft'
  ),
  guess(
    'authors(filters.articles.body)',
    '{ authors(filters: { articles: { body: { contains: GUESS } } }) { name } }'
  ),
  guess(
    'author.articles(filters.body)',
    '{ authors { articles(filters: { body: { contains: GUESS } }) { title } } }'
  ),
  guess(
    'author.articles_connection(filters.body)',
    '{ authors { articles_connection(filters: { body: { contains: GUESS } }) { nodes { title } } } }'
  ),
  guess(
    'home.featured(filters.body)',
    '{ home { featured(filters: { body: { contains: GUESS } }) { title } } }'
  ),
  guess(
    'usersPermissionsUsers(filters.savedArticles.body)',
    '{ usersPermissionsUsers(filters: { savedArticles: { body: { contains: GUESS } } }) { username } }'
  ),
  guess(
    'letters(filters.body)',
    '{ letters(filters: { body: { contains: GUESS } }) { name } }',
    'body',
    'letter'
  ),
  order('articles(sort: body)', '{ articles(sort: "body:WAY", TWO) { title } }'),
  order('articles(sort: seo)', '{ articles(sort: "seo.metaTitle:WAY", TWO) { title } }'),
  order(
    'author.articles(sort: body)',
    '{ authors { articles(sort: ["body:WAY"], TWO) { title } } }'
  ),
  order('home.featured(sort: body)', '{ home { featured(sort: ["body:WAY"], TWO) { title } } }'),
];
