import type { Core } from '@strapi/strapi';
import type { SubscriptionFacts } from '../domain/facts';
import { toPrior, type Scope } from './known';
import { table } from './table';

/** A mirrored subscription, and whose rows it is written with. */
export interface MirroredSubscription {
  facts: SubscriptionFacts;
  member: { id: number; documentId: string };
  customer: number | null;
}

export const findSubscription = async (
  strapi: Core.Strapi,
  scope: Scope,
  stripeId: string
): Promise<MirroredSubscription | null> => {
  const row = await table(strapi, 'subscription').findOne({
    where: { ...scope, stripeId },
    populate: ['member', 'customer'],
  });
  if (!row?.member) return null;
  const { id, documentId } = row.member;
  return { facts: toPrior(row), member: { id, documentId }, customer: row.customer?.id ?? null };
};
