import type { IncomingMessage, ServerResponse } from 'node:http';
import Stripe from 'stripe';
import { routes } from '../resources';
import { violations } from '../schema/validate';
import { newId } from '../store/ids';
import type { World } from '../world';
import { StripeFailure, type ErrorBody } from './errors';
import { expand } from './expand';
import { IdempotencyKeys, type Answer } from './idempotency';
import { parseForm, readBody, readKey } from './request';
import { findRoute } from './routes';

export interface ApiOptions {
  worldFor: (livemode: boolean) => World;
  keys: Set<string>;
  validate: boolean;
  violations: string[];
  /** Whatever fell due while nobody looked, before each call. */
  catchUp: () => void;
}

/** Answers `/v1/…`: key, idempotency, endpoint, expansion, validation. */
export function createApi(options: ApiOptions) {
  const idempotency = new IdempotencyKeys();

  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const id = newId('req');
    const body = await readBody(request);
    const key = header(request, 'idempotency-key');
    response.setHeader('request-id', id);
    response.setHeader('stripe-version', Stripe.API_VERSION);
    if (key) {
      response.setHeader('idempotency-key', key);
      response.setHeader('original-request', id);
    }
    try {
      const { livemode } = readKey(request.headers.authorization, options.keys);
      const world = options.worldFor(livemode);
      const call = { verb: request.method ?? 'GET', path: url.pathname, query: url.search, body };
      const scope = key && call.verb === 'POST' ? `${livemode}:${key}` : undefined;
      if (!scope) {
        reply(response, run(world, call, id, key));
        return;
      }
      const stored = idempotency.begin(scope, `${call.verb} ${call.path} ${body}`);
      if (stored) {
        response.setHeader('idempotent-replayed', 'true');
        reply(response, stored);
        return;
      }
      const answer = run(world, call, id, key);
      idempotency.end(scope, answer, answer.status === 200 || answer.status === 402);
      reply(response, answer);
    } catch (error) {
      reply(response, failure(error, id));
    }
  };

  interface CallText {
    verb: string;
    path: string;
    query: string;
    body: string;
  }

  function run(world: World, call: CallText, id: string, key: string | undefined): Answer {
    options.catchUp();
    world.request = { id, idempotency_key: key ?? null };
    try {
      const { route, ids } = findRoute(routes, call.verb, call.path);
      const query = parseForm(call.query.slice(1));
      const params = { ...query, ...parseForm(call.body) };
      const found = route.run(world, ids, params);
      return checked(expand(world, found, expandPaths(params.expand)));
    } catch (error) {
      return failure(error, id);
    } finally {
      world.request = { id: null, idempotency_key: null };
    }
  }

  function checked(body: object): Answer {
    const text = JSON.stringify(body, null, 2);
    if (!options.validate) return { status: 200, body: text };
    const found = violations(JSON.parse(text));
    if (found.length === 0) return { status: 200, body: text };
    options.violations.push(...found);
    throw new Error(`The simulator answered what Stripe never would: ${found.join('; ')}`);
  }

  function failure(error: unknown, id: string): Answer {
    const known = error instanceof StripeFailure;
    const body: ErrorBody = known
      ? withLinks(error.body, id)
      : { type: 'api_error', message: error instanceof Error ? error.message : String(error) };
    if (options.validate && known) {
      options.violations.push(...violations({ error: JSON.parse(JSON.stringify(body)) }));
    }
    if (!known) options.violations.push(`${body.message}`);
    return {
      status: known ? error.status : 500,
      body: JSON.stringify({ error: body }, null, 2),
    };
  }
}

function withLinks(body: ErrorBody, id: string): ErrorBody {
  return {
    ...(body.code
      ? { doc_url: `https://stripe.com/docs/error-codes/${body.code.replace(/_/g, '-')}` }
      : {}),
    ...body,
    request_log_url: `https://dashboard.stripe.com/test/logs/${id}`,
  };
}

function expandPaths(given: unknown): string[] {
  return Array.isArray(given) ? given.map(String) : [];
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function reply(response: ServerResponse, answer: Answer): void {
  response.statusCode = answer.status;
  response.setHeader('content-type', 'application/json');
  response.end(answer.body);
}
