import Stripe from 'stripe';
import { machineNow } from './machine';
import type { Outage } from './outage';
import type { Pacer } from './pace';

type HttpClient = ReturnType<typeof Stripe.createNodeHttpClient>;
type Request = Parameters<HttpClient['makeRequest']>;
type Response = Awaited<ReturnType<HttpClient['makeRequest']>>;

/** Whose requests they are: background work waits for a slot, members do not. */
export type Priority = 'member' | 'background';

/** What the transport learns by the way. */
export interface Skew {
  /** Our machine's clock minus Stripe's, in milliseconds, as the latest answer told. */
  clock: number | null;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * Everything Stripe answers names its `object`, or an `error`. The library takes whatever has no
 * `error` for a success, the answer of a proxy in between too.
 */
const asAnswer = (status: number, body: unknown): unknown => {
  const isAnswer = isObject(body) && ('error' in body || (status < 400 && 'object' in body));
  if (isAnswer) return body;
  const message = `Stripe's answer (${status}) is none of its own`;
  return { error: { type: 'api_error', message } };
};

const headerOf = (response: Response, name: string): string | null => {
  const value: unknown = Reflect.get(response.getHeaders(), name);
  return typeof value === 'string' ? value : null;
};

const retryAfter = (response: Response): number | null => {
  const seconds = Number(headerOf(response, 'retry-after') ?? NaN);
  return seconds >= 0 ? seconds * 1_000 : null;
};

const TOO_MANY = 429;
const UNAUTHORIZED = 401;
const FORBIDDEN = 403;

/** The library retries a 429 only when it is told to; the next try waits until the pause is over. */
const withRetry = (headers: ReturnType<Response['getHeaders']>, status: number) =>
  status === TOO_MANY ? { ...headers, 'stripe-should-retry': 'true' } : headers;

const checked = (response: Response): Response => {
  const status = response.getStatusCode();
  return {
    getStatusCode: () => status,
    getHeaders: () => withRetry(response.getHeaders(), status),
    getRawResponse: () => response.getRawResponse(),
    toStream: (done) => response.toStream(done),
    toJSON: async () => asAnswer(status, await response.toJSON()),
    dispose: () => response.dispose?.(),
  };
};

/** Stripe works and knows us: what it refuses is about the request. */
const isService = (status: number): boolean =>
  status < 500 && status !== TOO_MANY && status !== UNAUTHORIZED && status !== FORBIDDEN;

/**
 * The library's own transport at the rate that all instances share. It turns a body that is no answer
 * of Stripe's into an error, for every caller, and pauses everybody after a 429.
 */
export const createHttpClient = (
  pacer: Pacer,
  priority: Priority,
  skew: Skew,
  outage: Outage
): HttpClient => {
  const client = Stripe.createNodeHttpClient();
  const send = async (...request: Request): Promise<Response> => {
    await (priority === 'background' ? pacer.slot() : pacer.member());
    const response = await client.makeRequest(...request);
    const date = Date.parse(headerOf(response, 'date') ?? '');
    if (!Number.isNaN(date)) skew.clock = machineNow() - date;
    if (response.getStatusCode() === TOO_MANY) await pacer.refused(retryAfter(response));
    else await pacer.answered();
    if (isService(response.getStatusCode())) outage.over();
    return checked(response);
  };
  return { getClientName: () => client.getClientName(), makeRequest: send };
};
