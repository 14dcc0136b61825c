import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { createTypeReader } from './read-type';
import type { Schema, StripeSchema, Endpoint } from './schema-types';

/** One call of the library: which class and method sends which verb to which path. */
interface Call {
  file: string;
  className: string;
  method: string;
  verb: string;
  path: string;
}

/**
 * Reads the installed `stripe` package: every v1 endpoint its resources call, with the type of
 * its parameters, and every object its types describe, as JSON Schema.
 * Takes about two seconds; `cache.ts` keeps the answer.
 */
export function generate(): StripeSchema {
  const root = dirname(require.resolve('stripe'));
  const files = sources(join(root, 'resources')).map((file) => file.replace(/\.js$/, '.d.ts'));
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node'],
  });
  const checker = program.getTypeChecker();
  const reader = createTypeReader(checker, root);
  const endpoints: Record<string, Endpoint> = {};

  for (const call of files.flatMap((file) => callsIn(file.replace(/\.d\.ts$/, '.js')))) {
    const source = program.getSourceFile(call.file.replace(/\.js$/, '.d.ts'));
    if (!source) throw new Error(`No types beside ${relative(root, call.file)}`);
    const params = paramsOf(source, call);
    const key = `${call.verb} ${call.path}`;
    if (endpoints[key]?.params && !params) continue;
    endpoints[key] = { params: params ? reader.read(checker.getTypeAtLocation(params)) : null };
  }

  for (const file of files) {
    const source = program.getSourceFile(file);
    for (const statement of source?.statements ?? []) {
      if (ts.isInterfaceDeclaration(statement) && isObject(statement)) {
        reader.read(checker.getTypeAtLocation(statement));
      }
    }
  }

  const definitions = reader.definitions();
  return { endpoints, definitions, objects: byObject(definitions) };
}

/** The JavaScript of every v1 resource (v2 speaks another protocol). */
function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'V2' ? [] : sources(path);
    return entry.name.endsWith('.js') && entry.name !== 'index.js' ? [path] : [];
  });
}

function callsIn(file: string): Call[] {
  const calls: Call[] = [];
  let className = '';
  let method = '';
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    className = /^class (\w+)/.exec(line)?.[1] ?? className;
    method = /^ {4}(\w+)\(.*\) \{$/.exec(line)?.[1] ?? method;
    const found = /_makeRequest\('(\w+)', [`'](\/v1\/[^`']*)[`']/.exec(line);
    if (!found?.[1] || !found[2]) continue;
    const path = found[2].replace(/\$\{encodeURIComponent\((\w+)\)\}/g, '{$1}');
    calls.push({ file, className, method, verb: found[1], path: path.replace(/\{\w+\}/g, '{}') });
  }
  return calls;
}

function paramsOf(source: ts.SourceFile, call: Call): ts.TypeNode | undefined {
  for (const statement of source.statements) {
    if (!ts.isClassDeclaration(statement) || statement.name?.text !== call.className) continue;
    for (const member of statement.members) {
      if (!ts.isMethodDeclaration(member) || member.name.getText(source) !== call.method) continue;
      const params = member.parameters.find((each) => each.name.getText(source) === 'params');
      if (params?.type) return params.type;
    }
  }
  return undefined;
}

function isObject(statement: ts.InterfaceDeclaration): boolean {
  return statement.members.some(
    (member) => ts.isPropertySignature(member) && member.name.getText() === 'object'
  );
}

/** Definition names under the value of their `object` property; deleted ones under `x:deleted`. */
function byObject(definitions: Record<string, Schema>): Record<string, string[]> {
  const objects: Record<string, string[]> = {};
  for (const [name, schema] of Object.entries(definitions)) {
    const kind = schema.properties?.object?.const;
    if (
      name.includes('Params.') ||
      typeof kind !== 'string' ||
      kind === 'list' ||
      kind === 'search_result'
    )
      continue;
    const key = schema.properties?.deleted?.const === true ? `${kind}:deleted` : kind;
    (objects[key] ??= []).push(name);
  }
  return objects;
}
