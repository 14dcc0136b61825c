import qs from 'qs';
import { type Query } from './query';
import { type HuntSite } from './site';

/** What came back, as far as it may tell something. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** Headers that depend on what is answered, or on who asks. */
const TELLING = [
  'content-type',
  'content-length',
  'etag',
  'last-modified',
  'cache-control',
  'vary',
];

export const addressOf = ({ request }: Query): string => {
  if (request.by === 'graphql') return '/graphql';
  const query = qs.stringify(request.params, {
    encodeValuesOnly: true,
    arrayFormat: request.lists,
  });
  return query ? `${request.path}?${query}` : request.path;
};

/** The request as it can be typed again. */
export const describeQuery = (query: Query): string => {
  const { viewer, request } = query;
  return request.by === 'rest'
    ? `as ${viewer}: GET ${decodeURIComponent(addressOf(query))}`
    : `as ${viewer}: POST /graphql ${request.document} ${JSON.stringify(request.variables)}`;
};

export const ask = async (site: HuntSite, query: Query): Promise<Answer> => {
  const { token } = site.viewers[query.viewer];
  const { request } = query;
  const headers = {
    'content-type': 'application/json',
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  };
  const body =
    request.by === 'graphql'
      ? {
          method: 'POST',
          body: JSON.stringify({ query: request.document, variables: request.variables }),
        }
      : {};
  const answer = await fetch(new URL(addressOf(query), site.url), { headers, ...body });
  const told = TELLING.map((name) => [name, answer.headers.get(name) ?? '']);
  return { status: answer.status, headers: Object.fromEntries(told), text: await answer.text() };
};
