import type { Core } from '@strapi/strapi';
import type { Churn } from '../../../contracts';
import { getConfig } from '../config';
import { churnMonths, churnReasons } from '../domain/churn';
import { periodsBetween } from '../domain/period';
import { memberChanges } from '../store';

/**
 * Members at the start, joined, left and churn rate of each month, with the reasons of those who
 * left, from the ledger of the key's mode.
 *
 * @param from first month, `YYYY-MM`, included
 * @param to last month, included
 */
export const findChurn = async (strapi: Core.Strapi, from: string, to: string): Promise<Churn> => {
  const { revenue, stripe } = getConfig(strapi);
  const changes = await memberChanges(strapi, stripe.livemode, to);
  const periods = periodsBetween(from, to);
  return {
    timeZone: revenue.timeZone,
    months: churnMonths(changes, periods),
    reasons: churnReasons(changes, periods),
  };
};
