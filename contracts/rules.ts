import type { Visibility } from './access';
import type { One, TierKind, TierRef } from './common';
import type { PaywallType } from './paywall';

/** A tier as a rule can name it. */
export interface TierChoice extends TierRef {
  kind: TierKind;
  /** Its holders keep reading; nobody can join it any more. */
  archived: boolean;
}

/** A protected attribute that can have a free part above a paywall marker. */
export interface PaywallField {
  name: string;
  type: PaywallType;
}

/** `GET /memberships/rules/:uid` (admin): what an editor of a gated type chooses from. */
export interface RuleChoices {
  /** What an entry without a rule of its own asks for. */
  defaultVisibility: Visibility;
  /** The attribute that names an entry, which everybody sees. */
  title: string | null;
  /** The other attributes everybody sees. */
  teasers: string[];
  paywalls: PaywallField[];
  /** In the order readers see them, archived ones last. */
  tiers: TierChoice[];
}

export type RuleChoicesResponse = One<RuleChoices>;

/**
 * `GET /memberships/audience?visibility=&tiers=&dripDays=&opensAt=` (admin): how many a rule lets
 * read, before it is saved. `tiers` are documentIds with commas between them. Suspended members and
 * blocked users are counted nowhere.
 */
export interface Audience {
  /** Everybody reads it now, signed in or not: `public`, or opened. */
  everyone: boolean;
  /** Whom the rule asks: user accounts, members with a paid tier, members with any tier. */
  of: 'accounts' | 'paying' | 'holding';
  total: number;
  /** Those of them who may read it now. */
  readers: number;
  /** Those who will once they have been members long enough. */
  waiting: number;
  /** Of the readers: bought or were given a tier and have no user account to sign in with yet. */
  unlinked: number;
}

export type AudienceResponse = One<Audience>;

/**
 * The key under which the rule of a new entry travels in the Content Manager's own request that
 * makes the entry; its value is a `RuleInput`. No attribute can be called so: names begin with a
 * letter.
 */
export const FIRST_RULE = '__membershipRule';
