import { Flex, TextButton, Typography } from '@strapi/design-system';

import type { RuleChoices } from '../../../contracts';
import { useT } from '../translations/useT';
import type { RuleDraft } from './ruleDraft';
import { RuleEditor } from './RuleEditor';
import type { EntryInForm } from './useEntry';
import { useFirstRule } from './useFirstRule';

interface FirstRuleProps {
  choices: RuleChoices;
  entry: EntryInForm;
  canUpdate: boolean;
  fallback: RuleDraft;
  /** The entry is made from another, whose rule it begins with. */
  isCopy: boolean;
}

/** The rule of an entry that is not saved yet: it goes with the first save. */
export const FirstRule = ({ choices, entry, canUpdate, fallback, isCopy }: FirstRuleProps) => {
  const t = useT();
  const { draft, isChosen, change, reset } = useFirstRule(fallback);
  const visibility = t(`visibility.${fallback.visibility}`);
  return (
    <RuleEditor
      choices={choices}
      entry={entry}
      draft={draft}
      disabled={!canUpdate}
      onChange={change}
    >
      <Flex direction="column" alignItems="flex-start" gap={2} width="100%">
        <Typography variant="pi" textColor="neutral600">
          {isChosen
            ? t('access.withFirstSave')
            : t(isCopy ? 'access.fromCopy' : 'access.newDefault', { visibility })}
        </Typography>
        {isChosen ? (
          <TextButton textAlign="start" onClick={reset}>
            {t(isCopy ? 'access.resetCopy' : 'access.reset', { visibility })}
          </TextButton>
        ) : null}
      </Flex>
    </RuleEditor>
  );
};
