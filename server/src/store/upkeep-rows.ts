import type {
  DifferenceKind,
  FieldDifference,
  IsoDate,
  ReconcilePhase,
  ReconcileStatus,
  ReconcileTrigger,
} from '../../../contracts';

/** The rate of requests to Stripe that all instances share. Machine milliseconds, as text. */
export interface PaceRow {
  id: number;
  name: string;
  /** When the next slot is free. */
  nextAt: string;
  pausedUntil: string;
  /** Refusals in a row; they lengthen the pause. */
  strikes: number;
}

/** How far `events.list` was read, per account and mode. */
export interface CursorRow {
  id: number;
  account: string;
  livemode: boolean;
  /** Everything recorded until then was asked for. */
  upTo: IsoDate;
  polledAt: IsoDate;
  /** Events that no delivery had brought. */
  found: number;
}

/** One comparison of the mirror with Stripe, as far as it got. */
export interface RunRow {
  id: number;
  account: string;
  livemode: boolean;
  trigger: ReconcileTrigger;
  repairs: boolean;
  status: ReconcileStatus;
  phase: ReconcilePhase | null;
  /** Where the phase goes on: the last object of the last page that was compared. */
  position: string | null;
  doneInPhase: number;
  done: number;
  differences: number;
  queued: number;
  startedAt: IsoDate;
  progressAt: IsoDate;
  finishedAt: IsoDate | null;
  startedBy: string | null;
  error: string | null;
}

/** What a run found under one key. */
export interface DriftRow {
  id: number;
  run: number;
  key: string;
  kind: DifferenceKind;
  fields: FieldDifference[] | null;
  more: number;
  status: 'found' | 'queued';
}
