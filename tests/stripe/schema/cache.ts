import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Stripe from 'stripe';
import { generate } from './generate';
import type { StripeSchema } from './schema-types';

const folder = join(__dirname, '..', '.schema');
let loaded: StripeSchema | undefined;

/** The schema of the installed `stripe`, generated once per version of it and of the generator. */
export function loadSchema(): StripeSchema {
  loaded ??= read();
  return loaded;
}

function read(): StripeSchema {
  const path = join(folder, `stripe-${Stripe.PACKAGE_VERSION}-${generatorHash()}.json`);
  if (!existsSync(path)) write(path, generate());
  return parse(readFileSync(path, 'utf8'));
}

function parse(text: string): StripeSchema {
  const schema: StripeSchema = JSON.parse(text);
  return schema;
}

/** Another jest worker may be writing the same file: the rename makes one of them win whole. */
function write(path: string, schema: StripeSchema): void {
  mkdirSync(folder, { recursive: true });
  const partial = `${path}.${process.pid}`;
  writeFileSync(partial, JSON.stringify(schema));
  renameSync(partial, path);
}

function generatorHash(): string {
  const hash = createHash('sha256');
  for (const name of ['generate.ts', 'read-type.ts'])
    hash.update(readFileSync(join(__dirname, name)));
  return hash.digest('hex').slice(0, 12);
}
