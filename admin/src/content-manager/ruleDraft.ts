import type { Rule, RuleChoices, RuleInput, TierChoice } from '../../../contracts';

/** A rule while it is being chosen: nothing left out. */
export type RuleDraft = Required<RuleInput>;

export const draftOf = ({ visibility, tiers, opensAt, dripDays }: Rule): RuleDraft => ({
  visibility,
  tiers: tiers.map(({ documentId }) => documentId),
  opensAt,
  dripDays,
});

export const defaultDraft = ({ defaultVisibility }: RuleChoices): RuleDraft => ({
  visibility: defaultVisibility,
  tiers: [],
  opensAt: null,
  dripDays: null,
});

/** What the server would refuse: nobody could read it. */
export const isIncomplete = ({ visibility, tiers }: RuleDraft): boolean =>
  visibility === 'tiers' && tiers.length === 0;

/** Public entries open to nobody later and count no days: what was set for another choice goes. */
export const toInput = (draft: RuleDraft): RuleDraft =>
  draft.visibility === 'public'
    ? { visibility: 'public', tiers: [], opensAt: null, dripDays: null }
    : { ...draft, tiers: draft.visibility === 'tiers' ? draft.tiers : [] };

export type RuleWarning = 'noTier' | 'archived' | 'opened' | 'nothingFree';

/**
 * What an editor may not have meant.
 *
 * @param isSomethingFree a teaser is filled in, or a paywall marker leaves a part free
 * @param hasOpened by the server's clock, everybody reads it by now
 */
export const warningsOf = (
  draft: RuleDraft,
  tiers: readonly TierChoice[],
  isSomethingFree: boolean,
  hasOpened: boolean
): RuleWarning[] => {
  if (draft.visibility === 'public') return [];
  if (hasOpened) return ['opened'];
  const chosen = tiers.filter(({ documentId }) => draft.tiers.includes(documentId));
  const warnings: RuleWarning[] = [];
  if (draft.visibility === 'tiers') {
    if (chosen.length === 0) warnings.push('noTier');
    else if (chosen.every(({ archived }) => archived)) warnings.push('archived');
  }
  if (!isSomethingFree) warnings.push('nothingFree');
  return warnings;
};
