import type { IsoDate, One, TierRef } from './common';
import type { PublicTier } from './tiers';

export type Visibility = 'public' | 'members' | 'paid' | 'tiers';

export type GrantedReason = 'public' | 'open' | 'member' | 'tier' | 'staff' | 'token';
export type DeniedReason = 'error' | 'suspended' | 'anonymous' | 'not-yet' | 'expired' | 'no-tier';
export type AccessReason = GrantedReason | DeniedReason;

/** What every gated entry in a content-API answer carries. */
export interface MembershipAccess {
  granted: boolean;
  reason: AccessReason;
  visibility: Visibility;
  /** The tiers the rule lists; empty unless `visibility` is `tiers`. */
  tiers: TierRef[];
  /** From then on the entry is public. */
  opensAt: IsoDate | null;
  /** A part of a Markdown or Blocks field above its paywall marker is in the answer. */
  preview: boolean;
}

/** `GET /api/memberships/access/:uid/:documentId`: what a paywall needs in one call. */
export interface AccessExplanation extends MembershipAccess {
  /** Tiers on sale or free that would open it, with their prices, in order; empty when granted. */
  openedBy: PublicTier[];
}

export type AccessResponse = One<AccessExplanation>;

/** `GET | PUT | DELETE /memberships/rules/:uid/:documentId` (admin). */
export interface RuleInput {
  visibility: Visibility;
  /** documentIds of tiers. */
  tiers?: string[];
  opensAt?: IsoDate | null;
  /** Days after the member's first grant. */
  dripDays?: number | null;
}

export interface Rule {
  visibility: Visibility;
  tiers: (TierRef & { archived: boolean })[];
  opensAt: IsoDate | null;
  dripDays: number | null;
  /** No row of its own: the type's default applies. */
  isDefault: boolean;
}

export type RuleResponse = One<Rule>;
