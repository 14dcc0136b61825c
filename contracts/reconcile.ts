import type { IsoDate, One, Paged } from './common';

/** What began a run. `gap`: Stripe no longer lists the events that were missed. */
export type ReconcileTrigger = 'night' | 'admin' | 'gap';

/** `failed` could not go on (its `error` says why); `stopped` was ended by a newer one. */
export type ReconcileStatus = 'running' | 'done' | 'failed' | 'stopped';

/**
 * The parts of a walk: `codes` are promotion codes, `attempts` payments of open invoices, `warnings` the
 * banks' early warnings of fraud; `mirror` looks for what is here and no longer at Stripe.
 */
export type ReconcilePhase =
  | 'products'
  | 'prices'
  | 'coupons'
  | 'codes'
  | 'subscriptions'
  | 'customers'
  | 'invoices'
  | 'attempts'
  | 'checkouts'
  | 'refunds'
  | 'disputes'
  | 'warnings'
  | 'mirror';

/** One full comparison of the mirror with Stripe. */
export interface ReconcileRun {
  id: number;
  trigger: ReconcileTrigger;
  /** Whether what it finds is queued for repair at once, or waits for `apply`. */
  repairs: boolean;
  status: ReconcileStatus;
  /** null before it began. */
  phase: ReconcilePhase | null;
  /** The phases this run goes through, for a progress line. */
  phases: ReconcilePhase[];
  /** Objects looked at, in this phase and in all. Stripe does not say how many there are. */
  doneInPhase: number;
  done: number;
  /** How many the last finished run looked at; null for the first. */
  of: number | null;
  /** Keys that differ, and how many of them were queued for repair. */
  differences: number;
  queued: number;
  startedAt: IsoDate;
  /** When it last wrote its progress. A run that stands still is taken up by another instance. */
  progressAt: IsoDate;
  finishedAt: IsoDate | null;
  /** The admin who asked for it. */
  startedBy: string | null;
  error: string | null;
}

/** `missing-here` was never heard of, `missing-at-stripe` is only in the mirror. */
export type DifferenceKind = 'differs' | 'missing-here' | 'missing-at-stripe';

export interface FieldDifference {
  /** `sub_1…` or `in_1…`: the object that differs. */
  object: string;
  /** As the mirror names it, e.g. `status`; `*` for the object as a whole. */
  field: string;
  /** As JSON; null where there is none. */
  here: string | null;
  stripe: string | null;
}

/** What differs under one key: repairing the key repairs all of it. */
export interface Difference {
  /** What is fetched to repair it, e.g. `sub_1…`. */
  key: string;
  kind: DifferenceKind;
  /** At most twenty; `more` says how many were left out. */
  fields: FieldDifference[];
  more: number;
  /** `queued`: its repair is in the inbox, under the same key. */
  status: 'found' | 'queued';
}

/**
 * `GET /memberships/reconcile?page=1&pageSize=25`: the latest run and what it found so far; data is
 * null when there was none.
 */
export interface ReconcileReport {
  run: ReconcileRun;
  differences: Paged<Difference>;
}

export type ReconcileResponse = One<ReconcileReport | null>;

/** `POST /memberships/reconcile`: starts a run that only reports. 409 while another runs. */
export type ReconcileStartResponse = One<ReconcileRun>;

/** `POST /memberships/reconcile/:id/apply`: repairs these keys, or everything found. */
export interface ReconcileApply {
  /** At most 1000. */
  keys?: string[];
}

export type ReconcileApplyResponse = One<{ queued: number }>;
