import type { Core } from '@strapi/strapi';
import type {
  AdminTier,
  PriceInput,
  PriceUpdate,
  PublicTier,
  TierInput,
} from '../../../../contracts';
import { findAdminTier, findAdminTiers } from './admin';
import { findOpeningTiers, type AskedTiers } from './opening';
import { addPrice, changePrice, retrySync } from './prices';
import { findPublicTiers } from './public';
import type { SyncView } from './sync-state';
import { archiveTier, createTier, deleteTier, orderTiers, updateTier } from './write';

/** What is sold: tiers and their prices. */
export interface Tiers {
  /** @returns documentId. @throws RequestError 400 naming the field, 409 for a slug that is taken */
  create(input: TierInput): Promise<string>;
  /** @throws RequestError 404, 400 naming the field, 409 for a slug that is taken or a kind that is set */
  update(documentId: string, input: Partial<TierInput>): Promise<void>;
  /** No longer sold, or sold again; whoever holds it keeps it. @throws RequestError 404 */
  archive(documentId: string, archived: boolean): Promise<void>;
  /** @throws RequestError 404, 409 `tier-in-use` */
  delete(documentId: string): Promise<void>;
  /** @throws RequestError 400 unless every tier is named once */
  order(documentIds: string[]): Promise<void>;
  /** @throws RequestError 404, 400 for a free or archived tier */
  addPrice(documentId: string, input: PriceInput): Promise<void>;
  /**
   * Other terms make another price; see `replacePrice`.
   *
   * @returns documentId of the tier
   * @throws RequestError 404, 400, 409 `price-inactive`
   */
  changePrice(documentId: string, change: PriceUpdate): Promise<string>;
  /** Forgets what Stripe refused, so that the next push tries again. @throws RequestError 404 */
  retrySync(documentId: string): Promise<void>;
  /** On offer, in order, in a reader's language. */
  published(locale?: string): Promise<PublicTier[]>;
  /** The tiers on offer that would open what a rule asks for. */
  opening(rule: AskedTiers, locale?: string): Promise<PublicTier[]>;
  /** Every tier in order, archived ones too. */
  all(view: SyncView): Promise<AdminTier[]>;
  /** @throws RequestError 404 */
  one(documentId: string, view: SyncView): Promise<AdminTier>;
}

export const createTiers = (strapi: Core.Strapi): Tiers => ({
  create: (input) => createTier(strapi, input),
  update: (documentId, input) => updateTier(strapi, documentId, input),
  archive: (documentId, archived) => archiveTier(strapi, documentId, archived),
  delete: (documentId) => deleteTier(strapi, documentId),
  order: (documentIds) => orderTiers(strapi, documentIds),
  addPrice: (documentId, input) => addPrice(strapi, documentId, input),
  changePrice: (documentId, change) => changePrice(strapi, documentId, change),
  retrySync: (documentId) => retrySync(strapi, documentId),
  published: (locale) => findPublicTiers(strapi, locale),
  opening: (rule, locale) => findOpeningTiers(strapi, rule, locale),
  all: (view) => findAdminTiers(strapi, view),
  one: (documentId, view) => findAdminTier(strapi, documentId, view),
});
