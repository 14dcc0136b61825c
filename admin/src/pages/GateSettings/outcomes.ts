import type { DoorCheck, DoorOutcome, TypeCheck } from '../../../../contracts';

/** `none`: no entry of the type is locked to visitors. */
export type TypeOutcome = DoorOutcome | 'none';

const GRAVEST_FIRST: DoorOutcome[] = ['leaks', 'failed', 'clean', 'closed'];

/** The gravest of what a type's doors did; one closed door beside a clean one is no news. */
export const outcomeOf = ({ doors }: TypeCheck): TypeOutcome =>
  GRAVEST_FIRST.find((outcome) => doors.some((door) => door.outcome === outcome)) ?? 'none';

const ORDER: TypeOutcome[] = [...GRAVEST_FIRST, 'none'];

/** What needs somebody's attention first. */
export const byGravity = (types: TypeCheck[]): TypeCheck[] =>
  [...types].sort((a, b) => ORDER.indexOf(outcomeOf(a)) - ORDER.indexOf(outcomeOf(b)));

export interface LeakedKey {
  key: string;
  entries: number;
}

/** Which keys came out of a type's doors, and of how many entries each. */
export const leakedKeys = (doors: DoorCheck[]): LeakedKey[] => {
  const byKey = new Map<string, Set<string>>();
  for (const { key, documentId } of doors.flatMap(({ leaks }) => leaks)) {
    byKey.set(key, (byKey.get(key) ?? new Set()).add(documentId));
  }
  return [...byKey].map(([key, entries]) => ({ key, entries: entries.size }));
};
