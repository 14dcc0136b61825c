import type { Core } from '@strapi/strapi';
import { modelsOf } from '../strapi-services';
import { inboxModel, lockModel } from './models';
import { resolveRelations } from './relations';
import { cursorModel, driftModel, paceModel, runModel } from './upkeep-models';

export { isAccountOffered, openAccount } from './accounts';
export { announce } from './announce';
export { applyChange } from './apply';
export * from './catalogue';
export * from './cursors';
export * from './member-list';
export * from './members';
export * from './messages';
export * from './offers';
export { memberChanges } from './movements';
export * from './owed';
export * from './pace';
export * from './payers';
export { findPayment, paymentData } from './payments';
export { listDrifts, type Drift } from './drifts';
export * from './runs';
export { countHolders } from './holders';
export { homeAccount } from './home';
export * from './inbox';
export * from './inbox-list';
export * from './inbox-counts';
export { lockMember, toPrior, type Scope } from './known';
export { loadKnownOf, type KnownMember } from './known-many';
export * from './locks';
export * from './mirror';
export { findSubscription } from './subscriptions';
export { persistTables } from './persist';
export { subscriptionData } from './settlement-mirror';
export { table, type Table } from './table';
export { loadTierMap } from './tier-map';
export { afterCommit, isDuplicate, transaction } from './transaction';
export * from './time';
export type * from './rows';
export type * from './upkeep-rows';

const MODELS = [inboxModel, lockModel, paceModel, cursorModel, runModel, driftModel];

/**
 * Adds the hidden models, which must be there before Strapi synchronises the schema, and teaches the
 * Document Service our relations.
 */
export const registerStore = (strapi: Core.Strapi): void => {
  for (const model of MODELS) modelsOf(strapi).add(model);
  resolveRelations(strapi);
};
