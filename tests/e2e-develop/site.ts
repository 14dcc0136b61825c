import { readFileSync } from 'node:fs';
import path from 'node:path';
import { emailOf, PASSWORD, type ReaderName } from '../../scripts/e2e/develop-readers';
import { URL } from '../e2e/browser';

/** The copy of the site that runs in development mode, from the outside. */

const site = (): string => {
  const folder = process.env.E2E_SITE;
  if (!folder) throw new Error('E2E_SITE is not set: run the tests with npm run test:e2e:develop');
  return folder;
};

/** What a type's schema on disk says to our plugin; undefined when it says nothing. */
export const schemaOptions = (name: string): unknown => {
  const file = path.join(site(), `src/api/${name}/content-types/${name}/schema.json`);
  return JSON.parse(readFileSync(file, 'utf8')).pluginOptions?.memberships;
};

/** Asks again until it is so. */
export const until = async (
  what: string,
  isSo: () => Promise<boolean>,
  milliseconds: number
): Promise<void> => {
  const deadline = performance.now() + milliseconds;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`waited ${milliseconds} ms for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

const isUp = async (): Promise<boolean> => {
  try {
    return (await fetch(`${URL}/_health`, { signal: AbortSignal.timeout(2000) })).status === 204;
  } catch {
    return false;
  }
};

/** The server goes away after a schema was saved, and comes back with it. */
export const restarted = async (): Promise<void> => {
  await until('the server to go down', async () => !(await isUp()), 30_000);
  await until('the server to come back', isUp, 90_000);
};

const tokens = new Map<ReaderName, string>();

const tokenOf = async (name: ReaderName): Promise<string> => {
  const known = tokens.get(name);
  if (known) return known;
  const answer = await fetch(`${URL}/api/auth/local`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ identifier: emailOf(name), password: PASSWORD }),
  });
  const { jwt }: { jwt: string } = JSON.parse(await answer.text());
  tokens.set(name, jwt);
  return jwt;
};

export interface ReadNote {
  title?: string;
  excerpt?: string;
  body?: string;
  membershipAccess?: { granted: boolean; reason: string; visibility: string };
}

/** The note of a title as the content API gives it to a visitor, or to a reader who signed in. */
export const readNote = async (title: string, reader?: ReaderName): Promise<ReadNote | null> => {
  const query = new URLSearchParams({ 'filters[title][$eq]': title, populate: '*' });
  const headers = reader ? { authorization: `Bearer ${await tokenOf(reader)}` } : undefined;
  const answer = await fetch(`${URL}/api/notes?${query.toString()}`, headers ? { headers } : {});
  const { data }: { data: ReadNote[] } = JSON.parse(await answer.text());
  return data[0] ?? null;
};
