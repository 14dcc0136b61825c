import type { IncomingMessage, ServerResponse } from 'node:http';
import { routes } from '../resources';
import { violations } from '../schema/validate';
import { newId } from '../store/ids';
import { inVersion } from '../versions';
import { current, isBefore } from '../versions/order';
import { answerBadly, takesEffect } from '../faults/answers';
import type { Faults } from '../faults/faults';
import type { ApiFault } from '../faults/plan';
import type { World } from '../world';
import { StripeFailure, type ErrorBody } from './errors';
import { expand, expandKnown } from './expand';
import { IdempotencyKeys, type Answer } from './idempotency';
import { parseForm, readBody, readKey } from './request';
import { findRoute } from './routes';

export interface ApiOptions {
  worldFor: (livemode: boolean) => World;
  keys: Set<string>;
  validate: boolean;
  violations: string[];
  faults: Faults;
  /** Whatever fell due while nobody looked, before each call. */
  catchUp: () => void;
}

/** Answers `/v1/…`: key, idempotency, endpoint, expansion, validation. */
export function createApi(options: ApiOptions) {
  const idempotency = new IdempotencyKeys();

  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const id = newId('req');
    const body = await readBody(request);
    const fault = options.faults.onCall(`${request.method} ${url.pathname}`);
    const reply = fault ? badly(fault) : answer;
    if (fault && !takesEffect(fault)) {
      answerBadly(response, fault, undefined);
      return;
    }
    const key = header(request, 'idempotency-key');
    response.setHeader('request-id', id);
    const version = header(request, 'stripe-version') ?? current;
    response.setHeader('stripe-version', version);
    if (key) {
      response.setHeader('idempotency-key', key);
      response.setHeader('original-request', id);
    }
    try {
      const { livemode } = readKey(request.headers.authorization, options.keys);
      const world = options.worldFor(livemode);
      const call = {
        verb: request.method ?? 'GET',
        path: url.pathname,
        query: url.search,
        body,
        version,
      };
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
      const done = run(world, call, id, key);
      idempotency.end(scope, done, done.status === 200 || done.status === 402);
      reply(response, done);
    } catch (error) {
      reply(response, failure(error, id));
    }
  };

  interface CallText {
    verb: string;
    path: string;
    query: string;
    body: string;
    version: string;
  }

  function run(world: World, call: CallText, id: string, key: string | undefined): Answer {
    options.catchUp();
    world.request = { id, idempotency_key: key ?? null };
    try {
      const { route, ids } = findRoute(routes, call.verb, call.path);
      const query = parseForm(call.query.slice(1));
      const params = { ...query, ...parseForm(call.body) };
      const found = route.run(world, ids, params);
      const answer = expandedAnswer(world, found, expandPaths(params.expand), call.version);
      world.settle();
      return answer;
    } catch (error) {
      const answer = failure(error, id);
      world.settle();
      return answer;
    } finally {
      world.request = { id: null, idempotency_key: null };
    }
  }

  /** A path that only an earlier version has is expanded once the answer is in that version. */
  function expandedAnswer(world: World, body: object, paths: string[], version: string): Answer {
    const shape = (row: object) => checked(world, row, version);
    if (!isBefore(version, current)) return done(shape(expand(world, body, paths)));
    const { expanded, left } = expandKnown(world, body, paths);
    return done(expand(world, shape(expanded), left, shape));
  }

  /** Checked in the version it is made in, then put into the one it was asked for. */
  function checked(world: World, body: object, version: string): object {
    const found = options.validate ? violations(JSON.parse(JSON.stringify(body))) : [];
    if (found.length === 0) return inVersion(world, body, version);
    options.violations.push(...found);
    throw new Error(`The simulator answered what Stripe never would: ${found.join('; ')}`);
  }

  function failure(error: unknown, id: string): Answer {
    const known = error instanceof StripeFailure;
    const body: ErrorBody = known
      ? error.status === 401
        ? error.body
        : withLinks(error.body, id)
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

const done = (body: object): Answer => ({ status: 200, body: JSON.stringify(body, null, 2) });

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

type Reply = (response: ServerResponse, answer: Answer) => void;

const answer: Reply = (response, { status, body }) => {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.end(body);
};

const badly =
  (fault: ApiFault): Reply =>
  (response, given) =>
    answerBadly(response, fault, given);
