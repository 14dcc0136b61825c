import type { IsoDate } from '../../../contracts';

/** Milliseconds as the database's datetime, and back. */
export const toIso = (at: number): IsoDate => new Date(at).toISOString();
export const toIsoOrNull = (at: number | null): IsoDate | null => (at === null ? null : toIso(at));
export const toMs = (date: IsoDate): number => Date.parse(date);
export const toMsOrNull = (date: IsoDate | null): number | null =>
  date === null ? null : Date.parse(date);
