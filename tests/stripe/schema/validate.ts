import Ajv, { type SchemaValidateFunction, type ValidateFunction } from 'ajv';
import { loadSchema } from './cache';
import { errorSchema, listSchema, searchSchema } from './envelopes';
import type { Schema } from './schema-types';

/** One thing in an answer that Stripe's types do not allow: where, and what. */
export type Violation = string;

const ajv = new Ajv({
  strict: false,
  validateSchema: false,
  meta: false,
  code: { optimize: false },
});
const compiled = new Map<string, ValidateFunction>();

/**
 * Follows a reference only when the data gets there: Stripe's types reach one another, and to
 * compile one whole would be to compile nearly all of them.
 */
const follow: SchemaValidateFunction = (name: string, data: unknown, _parent, context) => {
  const validate = definition(name);
  if (validate(data)) return true;
  const at = context?.instancePath ?? '';
  follow.errors = (validate.errors ?? []).map((error) => ({
    ...error,
    instancePath: `${at}${error.instancePath}`,
  }));
  return false;
};
ajv.addKeyword({ keyword: 'follow', validate: follow, errors: 'full' });

/**
 * Checks one body the simulator is about to send against the types of the installed library.
 * Lists are checked item by item, deleted objects against their own type, events with the
 * object they carry. Returns what is wrong, nothing when all is well.
 */
export function violations(body: unknown, at = ''): Violation[] {
  if (!isRecord(body)) return [`${at}: not an object`];
  if ('error' in body) return against(errorSchema, body, at);
  const kind = body.object;
  if (kind === 'list' || kind === 'search_result') {
    const items = Array.isArray(body.data) ? body.data : [];
    const envelope = against(kind === 'list' ? listSchema : searchSchema, body, at);
    return [
      ...envelope,
      ...items.flatMap((item, index) => violations(item, `${at}.data[${index}]`)),
    ];
  }
  if (typeof kind !== 'string') return [`${at}: no object field`];
  const found = byKind(kind, body.deleted === true, body, at);
  return kind === 'event' ? [...found, ...eventViolations(body, at)] : found;
}

/** A type guard for parameters of the type a definition was generated from. */
export function guard<T>(schema: Schema): (data: unknown) => data is T {
  let validate: ValidateFunction<T> | undefined;
  return (data): data is T => {
    validate ??= ajv.compile<T>(lazily(schema));
    return validate(data);
  };
}

function byKind(kind: string, deleted: boolean, body: unknown, at: string): Violation[] {
  const names = loadSchema().objects[deleted ? `${kind}:deleted` : kind];
  const [name] = names ?? [];
  if (!name) return [`${at}: Stripe has no object '${kind}'${deleted ? ' to delete' : ''}`];
  const validate = definition(name);
  return validate(body) ? [] : explain(validate, `${at}${kind}`);
}

function eventViolations(event: Record<string, unknown>, at: string): Violation[] {
  if (!isRecord(event.data)) return [];
  const { object, previous_attributes: previous } = event.data;
  const found = violations(object, `${at}data.object.`);
  if (!isRecord(previous) || !isRecord(object)) return found;
  const known = propertiesOf(object.object);
  const unknown = Object.keys(previous).filter((key) => !known.has(key));
  return [...found, ...unknown.map((key) => `${at}data.previous_attributes.${key}: unknown`)];
}

/** The names of all fields that objects of a kind can have. */
export function propertiesOf(kind: unknown): Set<string> {
  const { objects, definitions } = loadSchema();
  const [name] = (typeof kind === 'string' && objects[kind]) || [];
  return new Set(Object.keys((name && definitions[name]?.properties) || {}));
}

function against(schema: Schema, body: unknown, at: string): Violation[] {
  const validate = ajv.compile(schema);
  return validate(body) ? [] : explain(validate, at);
}

function definition(name: string): ValidateFunction {
  const known = compiled.get(name);
  if (known) return known;
  const schema = loadSchema().definitions[name];
  if (!schema) throw new Error(`No definition ${name}`);
  const validate = ajv.compile(lazily(schema));
  compiled.set(name, validate);
  return validate;
}

/** The schema with every reference left to `follow`. */
function lazily(schema: Schema): object {
  const { $ref, properties, anyOf, items, additionalProperties: rest, ...own } = schema;
  if ($ref) return { follow: $ref.replace('#/definitions/', '') };
  const entries = Object.entries(properties ?? {});
  return {
    ...own,
    ...(properties
      ? { properties: Object.fromEntries(entries.map(([key, each]) => [key, lazily(each)])) }
      : {}),
    ...(anyOf ? { anyOf: anyOf.map(lazily) } : {}),
    ...(items ? { items: lazily(items) } : {}),
    ...(rest === undefined
      ? {}
      : { additionalProperties: typeof rest === 'object' ? lazily(rest) : rest }),
  };
}

function explain(validate: ValidateFunction, at: string): Violation[] {
  return (validate.errors ?? []).map((error) => {
    const extra = 'additionalProperty' in error.params ? error.params.additionalProperty : '';
    return `${at}${error.instancePath}: ${error.message ?? error.keyword} ${extra}`.trim();
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
