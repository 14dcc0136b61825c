import type { DeniedReason, GrantedReason, Visibility } from '../../../contracts';

/** What one entry asks for, times in milliseconds. */
export interface AccessRule {
  visibility: Visibility;
  /** documentIds; empty closes a rule of `tiers`. */
  tiers: readonly string[];
  /** From then on public. */
  opensAt: number | null;
  /** Days after the member's first grant, of whatever tier. */
  dripDays: number | null;
}

/** One grant of a member, with what its tier opens. */
export interface HeldGrant {
  /** The tier itself is sold; a free tier's grant does not open `paid`. */
  paid: boolean;
  /** documentIds of the tier and of every tier it includes, however deep. */
  opens: readonly string[];
  /** null: since ever. */
  startsAt: number | null;
  endsAt: number | null;
  revokedAt: number | null;
}

/** From when a grant holds its tier, and until when. */
export type GrantTimes = Pick<HeldGrant, 'startsAt' | 'endsAt' | 'revokedAt'>;

/** Who asks. */
export interface Reader {
  /** Reads everything: staff by their role, an API token by its permissions. */
  readAll: 'staff' | 'token' | null;
  /** An unblocked user of the site, with or without a Member row. */
  signedIn: boolean;
  /** A suspended member holds nothing. */
  suspended: boolean;
  grants: readonly HeldGrant[];
}

export type Decision =
  { granted: true; reason: GrantedReason } | { granted: false; reason: DeniedReason };

const DAY = 86_400_000;

const yes = (reason: GrantedReason): Decision => ({ granted: true, reason });
const no = (reason: DeniedReason): Decision => ({ granted: false, reason });

// Comparisons are written so that a time that could not be read (NaN) closes.
const begun = (grant: GrantTimes, now: number) => grant.startsAt === null || grant.startsAt <= now;
const lasts = (end: number | null, now: number) => end === null || end > now;

/** Whether a grant holds its tier at `now`. */
export const isActive = (grant: GrantTimes, now: number): boolean =>
  begun(grant, now) && lasts(grant.endsAt, now) && lasts(grant.revokedAt, now);

/** Whether a grant's tier is what a rule asks for. A rule of `members` asks for none. */
export const opens = (rule: AccessRule, grant: Pick<HeldGrant, 'paid' | 'opens'>): boolean =>
  rule.visibility === 'paid'
    ? grant.paid
    : rule.visibility === 'tiers' && grant.opens.some((tier) => rule.tiers.includes(tier));

const dripReached = (rule: AccessRule, grants: readonly HeldGrant[], now: number): boolean => {
  if (rule.dripDays === null || rule.dripDays <= 0) return true;
  const first = Math.min(...grants.map((grant) => grant.startsAt ?? -Infinity));
  return first + rule.dripDays * DAY <= now;
};

/**
 * The one decision of the gate: may this reader read an entry under this rule, and why.
 *
 * Of the reasons to refuse, the first that holds is told: `suspended`, `anonymous`, `not-yet` (the
 * tier is held but the drip is not reached, or the grant has not begun), `expired` (a tier that
 * would open it was held once), `no-tier`. (`error`, ahead of them all, is the caller's to say.)
 */
export const access = (rule: AccessRule, reader: Reader, now: number): Decision => {
  if (rule.visibility === 'public') return yes('public');
  if (rule.opensAt !== null && rule.opensAt <= now) return yes('open');

  const opening = reader.grants.filter((grant) => opens(rule, grant));
  const holds =
    reader.signedIn &&
    !reader.suspended &&
    (rule.visibility === 'members' || opening.some((grant) => isActive(grant, now)));

  if (holds && dripReached(rule, reader.grants, now)) {
    return yes(rule.visibility === 'members' ? 'member' : 'tier');
  }
  if (reader.readAll) return yes(reader.readAll);

  if (reader.suspended) return no('suspended');
  if (!reader.signedIn) return no('anonymous');
  if (holds) return no('not-yet');
  const coming = (grant: HeldGrant) =>
    !begun(grant, now) && lasts(grant.endsAt, now) && lasts(grant.revokedAt, now);
  if (opening.some(coming)) return no('not-yet');
  if (opening.some((grant) => begun(grant, now))) return no('expired');
  return no('no-tier');
};

/** What a reader's grants come to, for asking the database which of many rules they meet. */
export interface Reach {
  /** Met whatever the entry, but for `tiers`. */
  visibilities: ('members' | 'paid')[];
  /** documentIds. */
  tiers: readonly string[];
  /** Drips of up to so many days are reached. */
  dripDays: number;
}

/** `access` for a rule not yet known: grants as a reach. What reads everything is not in it. */
export const reachOf = (reader: Reader, now: number): Reach => {
  if (!reader.signedIn || reader.suspended) return { visibilities: [], tiers: [], dripDays: 0 };
  const active = reader.grants.filter((grant) => isActive(grant, now));
  const first = Math.min(...reader.grants.map((grant) => grant.startsAt ?? -Infinity));
  const days = Math.floor((now - first) / DAY);
  return {
    visibilities: active.some((grant) => grant.paid) ? ['members', 'paid'] : ['members'],
    tiers: [...new Set(active.flatMap((grant) => grant.opens))],
    // Kept within an integer column: who has held a tier since ever has reached every drip.
    dripDays: Math.max(0, Math.min(days || 0, 2_000_000_000)),
  };
};
