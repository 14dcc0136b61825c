import { type Answer } from './ask';
import { type Query } from './query';
import { circleOf } from './rules';
import { ownersIn } from './values';

/** The library of files shows every file to everybody, by design: a file's name is no secret there. */
export const isLibrary = ({ request }: Query): boolean =>
  request.by === 'rest'
    ? request.path.startsWith('/api/upload')
    : /\buploadFile/.test(request.document);

const around = (text: string, at: number): string => text.slice(Math.max(0, at - 60), at + 100);

/** How the verdict on an answer with a canary begins. */
export const SHOWS = 'shows';

/** The canaries in an answer that its viewer may not see. */
const leaked = (query: Query, { text }: Answer): string | null => {
  const circle = circleOf(query.viewer);
  if (circle.readsAll) return null;
  const found = ownersIn(text).find(({ rule, version }) => {
    if (version === 'shared') return !isLibrary(query) && !circle.reads(rule);
    return version === 'draft' || !circle.reads(rule);
  });
  if (!found) return null;
  const canary = `CANARY.${found.rule}.${found.version}`;
  return `${SHOWS} ${canary}: …${around(text, text.toLowerCase().indexOf(canary.toLowerCase()))}…`;
};

/** GraphQL lists errors as they come, and its fields are resolved side by side. */
const inOrder = (text: string): string => {
  if (!text.startsWith('{"errors":[')) return text;
  const { errors, ...rest }: { errors: unknown[] } = JSON.parse(text);
  const sorted = errors.map((error) => JSON.stringify(error)).sort();
  return JSON.stringify({ errors: sorted, ...rest });
};

const firstDifference = (one: string, other: string): number => {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
};

/** What is wrong with two answers to one question; null: nothing. */
export const judge = (query: Query, before: Answer, after: Answer): string | null => {
  const shown = leaked(query, before) ?? leaked(query, after);
  if (shown !== null) return shown;
  if (before.status !== after.status) return `status ${before.status}, then ${after.status}`;
  const [one, other] = [inOrder(before.text), inOrder(after.text)];
  if (one !== other) {
    const at = firstDifference(one, other);
    return `differs at ${at}:\n  before …${around(one, at)}…\n  after  …${around(other, at)}…`;
  }
  const header = Object.keys(before.headers).find(
    (name) => before.headers[name] !== after.headers[name]
  );
  if (header === undefined) return null;
  return `${header}: ${before.headers[header]}, then ${after.headers[header]}`;
};
