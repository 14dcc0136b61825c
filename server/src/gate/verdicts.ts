import type { Core } from '@strapi/strapi';
import type { MembershipAccess } from '../../../contracts';
import { getConfig } from '../config';
import { access, type Decision, type Reader } from '../domain/access';
import type { StoredRule } from '../store/rules';
import { toIsoOrNull } from '../store/time';
import type { Draft } from './drafts';
import type { GatedType } from './gated-types';

/** What was decided about one document for one reader, and under which rule. */
export interface Verdict {
  decision: Decision;
  rule: StoredRule;
  /**
   * To somebody who is not staff. Nothing of a draft is free, not even its title; nor is the free part
   * of an entry that may be one.
   */
  draft?: Draft;
}

/** The rule of an entry that has none of its own. */
export const defaultRule = (strapi: Core.Strapi, type: GatedType): StoredRule => ({
  visibility: type.defaultVisibility ?? getConfig(strapi).access.defaultVisibility,
  tiers: [],
  opensAt: null,
  dripDays: null,
});

/** Applies one rule to one reader. */
export const judge = (rule: StoredRule, reader: Reader, now: number): Verdict => ({
  decision: access({ ...rule, tiers: rule.tiers.map((tier) => tier.documentId) }, reader, now),
  rule,
});

/** Could not be decided: closed. */
export const failed = (rule: StoredRule): Verdict => ({
  decision: { granted: false, reason: 'error' },
  rule,
});

/** What the reader is told. */
export const toMembershipAccess = (
  { decision, rule }: Verdict,
  preview: boolean
): MembershipAccess => ({
  granted: decision.granted,
  reason: decision.reason,
  visibility: rule.visibility,
  tiers:
    rule.visibility === 'tiers'
      ? rule.tiers.map(({ documentId, name, slug }) => ({ documentId, name, slug }))
      : [],
  opensAt: Number.isNaN(rule.opensAt) ? null : toIsoOrNull(rule.opensAt),
  preview,
});
