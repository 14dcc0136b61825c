import { type ViewerName } from '../integration/gate-support';
import { canariesIn, maskCanaries, type Canary } from './canary';
import { type AnswerDoor, type Request } from './doors';
import { RULES, type Rule } from './rules';
import { readsAll } from './viewers';

/** One door, one viewer, one rule: what is expected and what came. */
export interface Cell {
  door: string;
  viewer: ViewerName;
  rule: string;
  /** `open`: the viewer finds it, or may ask; `closed`: neither. */
  expected: 'open' | 'closed';
  /** Whether the door gave the entry away, or told one guess from another. */
  given: boolean;
  /** What is wrong with the gate on; with it off nothing is. */
  failure: string | null;
  request: Request;
}

const readersOf = (name: string): readonly ViewerName[] =>
  RULES.find((rule) => rule.name === name)?.readers ?? [];

const mayRead = (viewer: ViewerName, rule: string): boolean =>
  readsAll(viewer) || readersOf(rule).includes(viewer);

/** Parts that only staff may see. */
const DRAFTS: readonly string[] = ['draft', 'preface'];

/** Whether a viewer may see one canary behind a door. */
const maySee = (door: AnswerDoor, viewer: ViewerName, { rule, part }: Canary): boolean =>
  readsAll(viewer) ||
  (door.free ?? []).some((free) => free === part) ||
  (!DRAFTS.includes(part) && mayRead(viewer, rule));

export interface Asked {
  viewer: ViewerName;
  rule: Rule;
  request: Request;
  /** The answers to two requests, or to one before and after every canary was changed. */
  answers: readonly [string, string];
}

const brief = (text: string): string => (text.length > 160 ? `${text.slice(0, 160)}…` : text);

/** A list as a set: everything in it, in an order of its own. */
const asSet = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    return value
      .map((item) => JSON.stringify(asSet(item)))
      .sort()
      .map((text): unknown => JSON.parse(text));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, asSet(part)]));
};

const asUnsorted = (answer: string): string => {
  const [status = ''] = answer.split(' ', 1);
  const json = answer.slice(status.length + 1);
  return /^[[{]/.test(json) ? `${status} ${JSON.stringify(asSet(JSON.parse(json)))}` : answer;
};

/**
 * Whether what is left of two answers without their canaries differs. PostgreSQL gives rows that nobody
 * asked to sort in the order in which they were last written: there, order says nothing of what they hold.
 */
const differ = (before: string, after: string, request: Request): boolean => {
  const [one, other] = [maskCanaries(before), maskCanaries(after)];
  if (one === other || JSON.stringify(request).includes('sort')) return one !== other;
  return asUnsorted(one) !== asUnsorted(other);
};

/** Judges an answer by the canaries of one rule in it, and by what changed in it with them. */
export const judgeAnswer = (door: AnswerDoor, asked: Asked): Cell => {
  const { viewer, rule, request, answers } = asked;
  const open = door.staffOnly ? readsAll(viewer) : mayRead(viewer, rule.name);
  const [before, after] = answers;
  const found = canariesIn(before).filter((canary) => canary.rule === rule.name);
  const given = door.shows.every((part) => found.some((canary) => canary.part === part));
  // Entry by entry, nobody else judges what the answer holds of other entries.
  const held = door.single ? canariesIn(before) : found;
  const leaked = held.filter((canary) => !maySee(door, viewer, canary));
  let failure: string | null = null;
  if (leaked.length > 0)
    failure = `leaks ${[...new Set(leaked.map(({ part }) => part))].join(', ')}`;
  else if (differ(before, after, request)) failure = 'differs with what is hidden';
  else if (open && (!given || before === after)) failure = `is shut: ${brief(before)}`;
  const expected = open ? 'open' : 'closed';
  return { door: door.name, viewer, rule: rule.name, expected, given, failure, request };
};

/** Judges two answers: only who reads everything may be told one guess from the other. */
export const judgeQuestion = (door: string, asked: Asked): Cell => {
  const { viewer, rule, request, answers } = asked;
  const open = readsAll(viewer);
  const differs = answers[0] !== answers[1];
  // Two refusals may differ in what they refuse; neither opens anything.
  const given =
    differs && answers.every((text) => text.startsWith('200') && !text.includes('"errors"'));
  let failure: string | null = null;
  if (!open && differs) failure = 'tells a right guess from a wrong one';
  if (open && !given) failure = `tells nothing: ${brief(answers[0])}`;
  const expected = open ? 'open' : 'closed';
  return { door, viewer, rule: rule.name, expected, given, failure, request };
};
