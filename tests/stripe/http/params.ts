import { loadSchema } from '../schema/cache';
import type { Schema } from '../schema/schema-types';
import { invalid } from './errors';

/**
 * Turns the strings of a form into what an endpoint's parameter type says, and refuses what
 * Stripe refuses: unknown names, missing ones, numbers and booleans that are none, other enums.
 */
export function readParams(raw: unknown, schema: Schema): unknown {
  return read(raw, schema, '');
}

function read(raw: unknown, schema: Schema, path: string): unknown {
  const target = follow(schema);
  if (target.anyOf) return readUnion(raw, target.anyOf, path);
  if (target.enum) return readEnum(raw, target.enum, path);
  if (target.const !== undefined) return readEnum(raw, [String(target.const)], path);
  if (target.type === 'number') return readNumber(raw, path);
  if (target.type === 'boolean') return readBoolean(raw, path);
  if (target.type === 'string') return readString(raw, path);
  if (target.type === 'array') return readArray(raw, target.items ?? {}, path);
  if (target.type === 'object') return readObject(raw, target, path);
  return raw;
}

function readUnion(raw: unknown, members: Schema[], path: string): unknown {
  const candidates = members.map(follow);
  const scalar = candidates.filter((each) => each.type !== 'object' && each.type !== 'array');
  const literal = candidates.find((each) => each.enum?.some((value) => value === raw));
  if (literal || (raw === '' && candidates.some((each) => each.const === ''))) return raw;
  const nested = candidates.find((each) => each.type === (Array.isArray(raw) ? 'array' : 'object'));
  if (typeof raw === 'object' && nested) return read(raw, nested, path);
  for (const type of ['string', 'boolean', 'number'] as const) {
    const candidate = scalar.find((each) => each.type === type);
    if (candidate && fits(raw, type)) return read(raw, candidate, path);
  }
  const last = scalar.filter((each) => each.type !== 'null').at(-1) ?? candidates.at(-1);
  return last ? read(raw, last, path) : raw;
}

function fits(raw: unknown, type: 'string' | 'boolean' | 'number'): boolean {
  if (type === 'string') return typeof raw === 'string';
  if (type === 'boolean') return raw === 'true' || raw === 'false';
  return typeof raw === 'string' && raw.trim() !== '' && Number.isFinite(Number(raw));
}

function readObject(given: unknown, schema: Schema, path: string): object {
  const raw = typeof given === 'string' ? asObject(given, schema) : given;
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw invalid('Invalid object', path);
  }
  const entries = Object.entries(raw);
  for (const [name] of entries) {
    if (schema.properties?.[name] || schema.additionalProperties) continue;
    const param = inside(path, name);
    throw invalid(`Received unknown parameter: ${param}`, param, 'parameter_unknown');
  }
  for (const name of schema.required ?? []) {
    if (name in raw) continue;
    const param = inside(path, name);
    throw invalid(`Missing required param: ${param}.`, param, 'parameter_missing');
  }
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      read(value, memberSchema(schema, name), inside(path, name)),
    ])
  );
}

/** What was one word in earlier versions: `billing_cycle_anchor=now` is `{ type: 'now' }` today. */
function asObject(word: string, schema: Schema): unknown {
  const { type, timestamp } = schema.properties ?? {};
  if (type?.enum?.includes(word)) return { type: word };
  return timestamp && fits(word, 'number') ? { type: 'timestamp', timestamp: word } : word;
}

function memberSchema(schema: Schema, name: string): Schema {
  const known = schema.properties?.[name];
  if (known) return known;
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
}

function readArray(raw: unknown, items: Schema, path: string): unknown[] {
  if (!Array.isArray(raw)) throw invalid('Invalid array', path);
  return raw.map((value, index) => read(value, items, `${path}[${index}]`));
}

function readEnum(raw: unknown, values: (string | number)[], path: string): unknown {
  if (values.some((value) => value === raw)) return raw;
  const known = values.filter((value) => value !== '').map(String);
  const list = known.length > 1 ? `one of ${orList(known)}` : (known[0] ?? '');
  throw invalid(`Invalid ${path}: must be ${list}`, path);
}

function orList(values: string[]): string {
  if (values.length === 2) return values.join(' or ');
  return `${values.slice(0, -1).join(', ')}, or ${values.at(-1)}`;
}

/** Stripe's v1 numbers are integers but for a few rates, which are the only decimals sent. */
function readNumber(raw: unknown, path: string): number {
  if (fits(raw, 'number')) return Number(raw);
  throw invalid(`Invalid integer: ${String(raw)}`, path, 'parameter_invalid_integer');
}

function readBoolean(raw: unknown, path: string): boolean {
  if (raw === 'true' || raw === 'false') return raw === 'true';
  throw invalid(`Invalid boolean: ${String(raw)}`, path);
}

function readString(raw: unknown, path: string): string {
  if (typeof raw === 'string') return raw;
  throw invalid('Invalid string', path);
}

/** The schema a reference names. */
export function follow(schema: Schema): Schema {
  const name = schema.$ref?.replace('#/definitions/', '');
  const target = name ? loadSchema().definitions[name] : schema;
  if (!target) throw new Error(`No definition ${name}`);
  return target;
}

function inside(path: string, name: string): string {
  return path === '' ? name : `${path}[${name}]`;
}
