import type { MembershipAccess } from '../../../contracts';
import { freePart, withoutMarker } from '../domain/paywall';
import type { Entry } from '../strapi-types';
import { SYSTEM, type GatedType } from './gated-types';
import { toMembershipAccess, type Verdict } from './verdicts';

/** What the gate wrote into an answer: so that it recognises its own work and nobody else's. */
export type Issued = WeakMap<object, MembershipAccess>;

const granted = (entry: Entry, type: GatedType, { decision }: Verdict): Entry => {
  const out = { ...entry };
  // Who may write what they read gets the text as it is stored, marker and all.
  if (decision.reason === 'staff' || decision.reason === 'token') return out;
  for (const [key, kind] of type.paywalls) {
    if (key in out) out[key] = withoutMarker(kind, out[key]);
  }
  return out;
};

const locked = (
  entry: Entry,
  type: GatedType,
  { draft }: Verdict
): { out: Entry; preview: boolean } => {
  const out: Entry = {};
  const open = draft === 'draft' ? SYSTEM : type.open;
  let preview = false;
  for (const [key, value] of Object.entries(entry)) {
    if (open.has(key)) {
      out[key] = value;
      continue;
    }
    const kind = draft ? undefined : type.paywalls.get(key);
    const free = kind ? freePart(kind, value) : null;
    if (free === null) continue;
    out[key] = free;
    preview = true;
  }
  return { out, preview };
};

/**
 * A gated entry as its reader may see it: whole, or its open keys and what is above the paywall
 * markers; of a draft, to whoever is not staff, what it is addressed by. Keys that are no attribute of
 * the schema are somebody's additions, perhaps made from protected ones: a locked entry loses them too.
 */
export const gatedEntry = (
  entry: Entry,
  type: GatedType,
  verdict: Verdict,
  issued: Issued
): Entry => {
  const { out, preview } = verdict.decision.granted
    ? { out: granted(entry, type, verdict), preview: false }
    : locked(entry, type, verdict);
  const membershipAccess = toMembershipAccess(verdict, preview);
  issued.set(membershipAccess, membershipAccess);
  out.membershipAccess = membershipAccess;
  return out;
};
