import { deepStrictEqual } from 'node:assert/strict';
import type { Request } from './throughput';

/** The JSON a request answers. @throws Error when it is not a 200, or GraphQL has errors */
export const ask = async ({ url, headers = {}, body }: Request): Promise<unknown> => {
  const answer = await fetch(url, {
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok || text.includes('"errors"')) throw new Error(`${url}: ${answer.status} ${text}`);
  return JSON.parse(text);
};

const MARKER = '<!--members-only-->';

/** What a reader who may read everything gets more of a gated entry, and less: the marker. */
const asUngated = (answer: unknown): unknown =>
  JSON.parse(
    JSON.stringify(answer, (key, value: unknown) => {
      if (key === 'membershipAccess') return undefined;
      return typeof value === 'string' ? value.replace(MARKER, '') : value;
    })
  );

/** @throws AssertionError when two answers differ in more than `membershipAccess` and the marker */
export const sameButForAccess = (gated: unknown, open: unknown): void =>
  deepStrictEqual(asUngated(gated), asUngated(open));
