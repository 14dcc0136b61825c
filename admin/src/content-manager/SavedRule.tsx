import { Flex, TextButton, Typography } from '@strapi/design-system';

import type { Rule, RuleChoices } from '../../../contracts';
import type { RuleRef } from '../api/rules';
import { useT } from '../translations/useT';
import { draftOf, isIncomplete } from './ruleDraft';
import { RuleEditor } from './RuleEditor';
import { SaveStatus } from './SaveStatus';
import type { EntryInForm } from './useEntry';
import { useSavedRule } from './useSavedRule';

interface SavedRuleProps {
  target: RuleRef;
  rule: Rule;
  choices: RuleChoices;
  entry: EntryInForm;
  canUpdate: boolean;
}

/** The rule of an entry that exists: saved by itself, apart from the entry's own form. */
export const SavedRule = ({ target, rule, choices, entry, canUpdate }: SavedRuleProps) => {
  const t = useT();
  const { draft, isUnsaved, state, problem, change, reset, retry } = useSavedRule(
    target,
    draftOf(rule)
  );
  const fallback = t(`visibility.${choices.defaultVisibility}`);
  return (
    <RuleEditor
      choices={choices}
      entry={entry}
      draft={draft}
      disabled={!canUpdate}
      onChange={change}
    >
      <Flex direction="column" alignItems="flex-start" gap={2} width="100%">
        <SaveStatus state={state} problem={problem} onRetry={retry} />
        <Typography variant="pi" textColor="neutral600">
          {isUnsaved && isIncomplete(draft)
            ? t('access.incomplete', { visibility: t(`visibility.${rule.visibility}`) })
            : rule.isDefault && !isUnsaved
              ? t('access.isDefault')
              : t('access.atOnce')}
        </Typography>
        {canUpdate && (!rule.isDefault || isUnsaved) ? (
          <TextButton textAlign="start" onClick={reset}>
            {t('access.reset', { visibility: fallback })}
          </TextButton>
        ) : null}
        {canUpdate ? null : (
          <Typography variant="pi" textColor="neutral600">
            {t('access.readOnly')}
          </Typography>
        )}
      </Flex>
    </RuleEditor>
  );
};
