import type { Core } from '@strapi/strapi';
import {
  GRANT_SOURCES,
  type AccessExamination,
  type ExaminedGrant,
  type ExaminedReader,
} from '../../../contracts';
import { now } from '../config';
import { heldTiers } from '../domain/held';
import { isActive, opens, type AccessRule, type Reader } from '../domain/access';
import { badRequest, notFound } from '../errors';
import { findHoldings, type Holding } from '../store/holdings';
import { findRules, refKey, type DocumentRef, type StoredRule } from '../store/rules';
import { loadTierMap, toIsoOrNull } from '../store';
import type { GatedType } from './gated-types';
import { defaultRule, judge, toMembershipAccess } from './verdicts';

/** Whose reading is asked about: nobody's in particular (a visitor), a tier's holder's, a member's. */
export interface Subject {
  member?: string;
  tier?: string;
}

export type Examination = Omit<AccessExamination, 'openedBy' | 'rule'>;

interface Examined {
  who: ExaminedReader;
  reader: Reader;
  grants: readonly Holding[];
}

const VISITOR: Examined = {
  who: { kind: 'visitor' },
  reader: { readAll: null, signedIn: false, suspended: false, grants: [] },
  grants: [],
};

const asMember = async (strapi: Core.Strapi, documentId: string): Promise<Examined> => {
  const { member, suspended, grants } = await findHoldings(strapi, {
    memberDocumentId: documentId,
  });
  if (!member) throw notFound(`there is no member ${documentId}`, { field: 'member' });
  return {
    who: { kind: 'member', documentId, suspended },
    reader: { readAll: null, signedIn: true, suspended, grants },
    grants,
  };
};

/** Somebody who is given the tier now: a drip that has not begun says `not-yet`. */
const asHolder = async (strapi: Core.Strapi, documentId: string, at: number): Promise<Examined> => {
  const { tiers, inclusions } = await loadTierMap(strapi);
  const known = tiers.get(documentId);
  if (!known) throw notFound(`there is no tier ${documentId}`, { field: 'tier' });
  const { kind, ...tier } = known;
  const held = heldTiers([{ tier, source: 'complimentary', endsAt: null }], inclusions);
  const grant = {
    paid: kind === 'paid',
    opens: held.map((one) => one.tier.documentId),
    startsAt: at,
    endsAt: null,
    revokedAt: null,
  };
  return {
    who: { kind: 'tier', tier },
    reader: { readAll: null, signedIn: true, suspended: false, grants: [grant] },
    grants: [],
  };
};

const present = (grant: Holding, rule: AccessRule, at: number): ExaminedGrant => ({
  documentId: grant.documentId,
  tier: grant.tier,
  source: GRANT_SOURCES.find((source) => source === grant.source) ?? null,
  startsAt: toIsoOrNull(grant.startsAt),
  endsAt: toIsoOrNull(grant.endsAt),
  revokedAt: toIsoOrNull(grant.revokedAt),
  active: isActive(grant, at),
  opens: opens(rule, grant),
});

const asAsked = ({ tiers, ...rule }: StoredRule): AccessRule => ({
  ...rule,
  tiers: tiers.map((tier) => tier.documentId),
});

/**
 * The gate's decision about one document for somebody else, with every grant that was looked at.
 *
 * @throws RequestError 400 when both a member and a tier are named, 404 when there is no such one
 */
export const examine = async (
  strapi: Core.Strapi,
  type: GatedType,
  ref: DocumentRef,
  { member, tier }: Subject
): Promise<Examination> => {
  if (member !== undefined && tier !== undefined) {
    throw badRequest('name a member or a tier, not both', { field: 'tier' });
  }
  const at = now(strapi);
  const examined =
    member !== undefined
      ? await asMember(strapi, member)
      : tier !== undefined
        ? await asHolder(strapi, tier, at)
        : VISITOR;
  const rule = (await findRules(strapi, [ref])).get(refKey(ref)) ?? defaultRule(strapi, type);
  return {
    ...toMembershipAccess(judge(rule, examined.reader, at), false),
    reader: examined.who,
    grants: examined.grants.map((grant) => present(grant, asAsked(rule), at)),
  };
};
