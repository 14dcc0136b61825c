import type { Core } from '@strapi/strapi';
import type { Churn } from '../../../contracts';
import { findChurn } from './churn';

/** Reports from the ledger; they read movements and write nothing. */
export interface Revenue {
  /** @param from,to months as `YYYY-MM`, both included */
  churn(from: string, to: string): Promise<Churn>;
}

export const createRevenue = ({ strapi }: { strapi: Core.Strapi }): Revenue => ({
  churn: (from, to) => findChurn(strapi, from, to),
});
