import type { GrantSource, IsoDate, Visibility } from '../../../contracts';
import type { RevokedReason } from '../domain/facts';
import type { BaseRow, Mirrored } from './base-rows';
import type { TierRow } from './catalogue-rows';
import type { SubscriptionRow } from './money-rows';

export interface UserRow {
  id: number;
  documentId: string;
  username: string;
  email: string;
  blocked: boolean;
}

export interface MemberRow extends BaseRow {
  user?: UserRow | null;
  email: string | null;
  name: string | null;
  joinedAt: IsoDate | null;
  suspendedAt: IsoDate | null;
  /** SHA-256 of the single-use claim token; the token itself is only in the mail. */
  claimTokenHash: string | null;
  claimExpiresAt: IsoDate | null;
}

export interface CustomerRow extends BaseRow, Mirrored {
  member?: MemberRow | null;
  /** The one the portal opens and the next purchase is made with. */
  current: boolean;
  deleted: boolean | null;
  email: string | null;
  name: string | null;
  /** Of the default payment method. */
  cardBrand: string | null;
  cardLast4: string | null;
  cardExpMonth: number | null;
  cardExpYear: number | null;
  /** Stripe's id of it, as it was last known. */
  defaultPaymentMethod: string | null;
  /** Stripe's id of the discount that its subscriptions were last counted with. */
  discount: string | null;
}

export interface GrantRow extends BaseRow {
  member?: MemberRow | null;
  tier?: TierRow | null;
  subscription?: SubscriptionRow | null;
  source: GrantSource;
  startsAt: IsoDate;
  endsAt: IsoDate | null;
  revokedAt: IsoDate | null;
  /** Why, when what paid for it revoked it; null: a person did. */
  revokedReason: RevokedReason | null;
  /** What the grant came from when that is no subscription (`cs_…`, `registration:…`); unique. */
  reference: string | null;
}

export interface RuleRow extends BaseRow {
  targetUid: string;
  targetDocumentId: string;
  visibility: Visibility;
  tiers?: TierRow[];
  opensAt: IsoDate | null;
  dripDays: number | null;
}
