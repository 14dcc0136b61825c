import type { ReactNode } from 'react';

import type { RuleChoices } from '../../../contracts';
import { Consequence } from './Consequence';
import { PaywallFields } from './PaywallFields';
import { warningsOf, type RuleDraft } from './ruleDraft';
import { RuleForm } from './RuleForm';
import { useAudience } from './useAudience';
import type { EntryInForm } from './useEntry';
import { Warnings } from './Warnings';

interface RuleEditorProps {
  choices: RuleChoices;
  entry: EntryInForm;
  draft: RuleDraft;
  disabled: boolean;
  onChange: (next: RuleDraft, typed?: boolean) => void;
  /** Where the choice goes, and what goes back to the default. */
  children: ReactNode;
}

/** A rule with what it comes to; saved or not is its caller's. */
export const RuleEditor = ({
  choices,
  entry,
  draft,
  disabled,
  onChange,
  children,
}: RuleEditorProps) => {
  const audience = useAudience(draft);
  // Nobody needs telling that an empty form has nothing to read.
  const isSomethingFree = entry.isSomethingFree || !entry.isWritten;
  return (
    <>
      <RuleForm draft={draft} tiers={choices.tiers} disabled={disabled} onChange={onChange} />
      {children}
      <Consequence draft={draft} entry={entry} audience={audience} />
      <Warnings
        warnings={warningsOf(draft, choices.tiers, isSomethingFree, audience?.everyone === true)}
      />
      {draft.visibility === 'public' ? null : (
        <PaywallFields fields={choices.paywalls} entry={entry} />
      )}
    </>
  );
};
