import type { GrantSource, IsoDate, One, TierRef } from './common';
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

/** Whose reading an admin asks about; a tier stands for somebody who is given it now. */
export type ExaminedReader =
  | { kind: 'visitor' }
  | { kind: 'tier'; tier: TierRef }
  | { kind: 'member'; documentId: string; suspended: boolean };

/** A grant that was looked at, and what it came to. */
export interface ExaminedGrant {
  documentId: string;
  tier: TierRef | null;
  source: GrantSource | null;
  startsAt: IsoDate | null;
  endsAt: IsoDate | null;
  revokedAt: IsoDate | null;
  /** Holds its tier now. */
  active: boolean;
  /** Its tier, or one that it includes, is what the rule asks for. */
  opens: boolean;
}

/**
 * `GET /memberships/access/:uid/:documentId?member=<documentId>` or `?tier=<documentId>` (admin);
 * with neither, for a visitor. Drafts are answered for as well.
 */
export interface AccessExamination extends AccessExplanation {
  reader: ExaminedReader;
  rule: Rule;
  /** Every grant of the member, past ones too, oldest first. */
  grants: ExaminedGrant[];
}

export type ExaminationResponse = One<AccessExamination>;
