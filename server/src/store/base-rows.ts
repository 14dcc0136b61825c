import type { IsoDate } from '../../../contracts';

/** What every content-type row has. `id` is the database's own, `documentId` is what leaves the server. */
export interface BaseRow {
  id: number;
  documentId: string;
  createdAt: IsoDate;
  updatedAt: IsoDate;
}

/** A biginteger as the query engine returns it: a string, on every database. */
export type BigIntColumn = string;

/** A row that mirrors an object of one Stripe account in one mode; unique together. */
export interface Mirrored {
  stripeId: string | null;
  account: string | null;
  livemode: boolean | null;
}
