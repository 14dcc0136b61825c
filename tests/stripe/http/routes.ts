import { loadSchema } from '../schema/cache';
import { guard } from '../schema/validate';
import type { Stored } from '../types';
import type { Schema } from '../schema/schema-types';
import type { World } from '../world';
import { StripeFailure } from './errors';
import { follow, readParams } from './params';

/** One call of the API: whose world, what the path names, what was asked. */
export interface Call<Params> {
  world: World;
  /** The ids in the path, in order; `id` is the first. */
  ids: string[];
  id: string;
  params: Params;
}

/** An endpoint ready to be called with what came over the wire. */
export interface Route {
  verb: string;
  segments: string[];
  run: (world: World, ids: string[], raw: unknown) => object;
}

/**
 * An endpoint, by the verb and path the library calls it with: `POST /v1/customers/{customer}`.
 * `Params` is the library's parameter type; what arrives is read and checked against the schema
 * generated from that very type. `older` are parameters of earlier API versions, which the CLI
 * and old recordings still send; `translate` says what they are called today.
 */
export function route<Params>(
  name: string,
  handler: (call: Call<Stored<Params>>) => object,
  older?: Record<string, Schema>,
  translate: Translate = (_world, raw) => raw
): Route {
  return build(name, () => withOlder(endpoint(name), older), handler, translate);
}

/** What was called or written otherwise in earlier versions, as it is today. */
type Translate = (world: World, raw: unknown) => unknown;

/**
 * An endpoint that Stripe has since taken away: it takes what another one takes today.
 *
 * @param as the endpoint whose parameters it has: `POST /v1/invoices/create_preview`
 */
export function formerRoute<Params>(
  name: string,
  as: string,
  handler: (call: Call<Stored<Params>>) => object,
  older?: Record<string, Schema>,
  translate: Translate = (_world, raw) => raw
): Route {
  return build(name, () => withOlder(endpoint(as), older), handler, translate);
}

/** What an endpoint takes, by the library's types. */
function endpoint(name: string): Schema | null | undefined {
  return loadSchema().endpoints[name.replace(/\{\w+\}/g, '{}')]?.params;
}

function build<Params>(
  name: string,
  schemaOf: () => Schema | undefined,
  handler: (call: Call<Stored<Params>>) => object,
  translate: Translate
): Route {
  const [verb = '', path = ''] = name.split(' ');
  let schema: Schema | undefined;
  let check: ((data: unknown) => data is Stored<Params>) | undefined;
  return {
    verb,
    segments: path.split('/').filter(Boolean),
    run: (world, ids, raw) => {
      schema ??= schemaOf();
      if (!schema) throw new Error(`The library knows no ${name}`);
      check ??= guard<Stored<Params>>(schema);
      const params = readParams(translate(world, raw), schema);
      if (!check(params)) throw new Error(`Unreadable parameters of ${name}`);
      return handler({ world, ids, id: ids[0] ?? '', params });
    },
  };
}

function withOlder(
  schema: Schema | null | undefined,
  older: Record<string, Schema> | undefined
): Schema | undefined {
  if (!schema || !older) return schema ?? undefined;
  const own = follow(schema);
  // What an older call named otherwise cannot be required of it.
  const { required: _required, ...rest } = own;
  return { ...rest, properties: { ...older, ...own.properties } };
}

export interface Match {
  route: Route;
  ids: string[];
}

/** The route for a path; one that names every segment wins over one with an id in its place. */
export function findRoute(routes: Route[], verb: string, path: string): Match {
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  const found = routes
    .filter((each) => each.verb === verb && matches(each.segments, parts))
    .sort((a, b) => ids(a).length - ids(b).length)[0];
  if (found) {
    return { route: found, ids: parts.filter((_, i) => isId(found.segments[i])) };
  }
  throw unknownPath(verb, path, parts);
}

function unknownPath(verb: string, path: string, parts: string[]): StripeFailure {
  const known = Object.keys(loadSchema().endpoints).some((key) => {
    const [itsVerb, itsPath = ''] = key.split(' ');
    return itsVerb === verb && matches(itsPath.split('/').filter(Boolean), parts);
  });
  if (known) {
    return new StripeFailure(501, {
      type: 'api_error',
      message: `Stripe has ${verb} ${path}, this simulator does not.`,
    });
  }
  return new StripeFailure(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${verb}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
  });
}

function matches(segments: string[], parts: string[]): boolean {
  return (
    segments.length === parts.length &&
    segments.every((segment, index) => isId(segment) || segment === parts[index])
  );
}

function ids(each: Route): string[] {
  return each.segments.filter(isId);
}

function isId(segment: string | undefined): boolean {
  return segment?.startsWith('{') === true;
}
