import { written, type TypeRef } from './introspect';

/** A value in a document; enums are written without quotes there, and with them in variables. */
export type Value =
  | { enum: string }
  | { plain: string | number | boolean | null }
  | { list: Value[] }
  | { object: [string, Value][] };

export interface Argument {
  name: string;
  type: TypeRef;
  value: Value;
  /** Whether it is handed over beside the document. */
  variable: boolean;
}

/** A field of a selection, or a fragment in it. */
export type Item =
  | { field: string; args: Argument[]; items: Item[] | null; alias: boolean }
  | { on: string; named: boolean; items: Item[] };

export interface Written {
  document: string;
  variables: Record<string, unknown>;
}

const literal = (value: Value): string => {
  if ('enum' in value) return value.enum;
  if ('plain' in value) return JSON.stringify(value.plain);
  if ('list' in value) return `[${value.list.map(literal).join(', ')}]`;
  return `{ ${value.object.map(([key, one]) => `${key}: ${literal(one)}`).join(', ')} }`;
};

const json = (value: Value): unknown => {
  if ('enum' in value) return value.enum;
  if ('plain' in value) return value.plain;
  if ('list' in value) return value.list.map(json);
  return Object.fromEntries(value.object.map(([key, one]) => [key, json(one)]));
};

/** Writes a tree down as a document and its variables. */
export const write = (items: readonly Item[]): Written => {
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];
  const fragments: string[] = [];
  let count = 0;

  const argument = ({ name, type, value, variable }: Argument): string => {
    if (!variable) return `${name}: ${literal(value)}`;
    const given = `v${declared.length}`;
    declared.push(`$${given}: ${written(type)}`);
    variables[given] = json(value);
    return `${name}: $${given}`;
  };

  const item = (one: Item): string => {
    if ('on' in one) {
      const inner = selection(one.items);
      if (!one.named) return `... on ${one.on} ${inner}`;
      count += 1;
      const name = `F${count}`;
      fragments.push(`fragment ${name} on ${one.on} ${inner}`);
      return `...${name}`;
    }
    count += 1;
    // A name of its own for whatever has arguments, or two of a kind could not stand side by side.
    const alias = one.alias || one.args.length > 0 || one.items ? `a${count}: ` : '';
    const args = one.args.length > 0 ? `(${one.args.map(argument).join(', ')})` : '';
    return `${alias}${one.field}${args}${one.items ? ` ${selection(one.items)}` : ''}`;
  };

  const selection = (all: readonly Item[]): string => `{ ${all.map(item).join(' ')} }`;

  const body = selection(items);
  const head = declared.length > 0 ? `query (${declared.join(', ')}) ` : '';
  return { document: [`${head}${body}`, ...fragments].join(' '), variables };
};
