import { useParams } from 'react-router-dom';
import { useRBAC } from '@strapi/strapi/admin';
import { Flex, Loader, TextButton, Typography } from '@strapi/design-system';

import type { Rule, RuleChoices } from '../../../contracts';
import { useGetMembershipRuleChoicesQuery, useGetMembershipRuleQuery } from '../api/rules';
import { PERMISSIONS } from '../permissions';
import { useT } from '../translations/useT';
import { FirstRule } from './FirstRule';
import { defaultDraft, draftOf } from './ruleDraft';
import { SavedRule } from './SavedRule';
import { useEntry } from './useEntry';

interface AccessPanelContentProps {
  uid: string;
  documentId: string | undefined;
}

interface LoadedProps {
  uid: string;
  choices: RuleChoices;
  /** Of the entry, or of the one it is copied from. */
  rule: Rule | undefined;
  documentId: string | undefined;
  isCopy: boolean;
}

const Loaded = ({ uid, choices, rule, documentId, isCopy }: LoadedProps) => {
  const entry = useEntry(choices);
  const canUpdate = useRBAC(PERMISSIONS.rulesUpdate).allowedActions.canUpdate === true;
  if (rule !== undefined && documentId !== undefined && !isCopy) {
    return (
      <SavedRule
        key={documentId}
        target={{ uid, documentId }}
        rule={rule}
        choices={choices}
        entry={entry}
        canUpdate={canUpdate}
      />
    );
  }
  return (
    <FirstRule
      choices={choices}
      entry={entry}
      canUpdate={canUpdate}
      fallback={rule === undefined ? defaultDraft(choices) : draftOf(rule)}
      isCopy={isCopy}
    />
  );
};

/** The panel's inside: one column, as narrow as the Content Manager makes it. */
export const AccessPanelContent = ({ uid, documentId }: AccessPanelContentProps) => {
  const t = useT();
  // The address of a copy names the entry it is made from; that one's rule is what it begins with.
  const { origin } = useParams();
  const choices = useGetMembershipRuleChoicesQuery(uid);
  const known = origin ?? documentId;
  const rule = useGetMembershipRuleQuery(
    { uid, documentId: known ?? '' },
    { skip: known === undefined }
  );

  const isFailed = choices.isError || rule.isError;
  const offered = choices.data?.data;
  const isReady = known === undefined || rule.currentData !== undefined;
  return (
    <Flex direction="column" alignItems="stretch" gap={4} width="100%">
      {offered !== undefined && isReady ? (
        <Loaded
          uid={uid}
          choices={offered}
          rule={known === undefined ? undefined : rule.currentData?.data}
          documentId={documentId}
          isCopy={origin !== undefined}
        />
      ) : isFailed ? (
        <Flex role="alert" direction="column" alignItems="flex-start" gap={2}>
          <Typography textColor="danger600">{t('state.failed')}</Typography>
          <TextButton
            onClick={() => {
              void choices.refetch();
              if (known !== undefined) void rule.refetch();
            }}
          >
            {t('action.retry')}
          </TextButton>
        </Flex>
      ) : (
        <Flex justifyContent="center" padding={4}>
          <Loader small>{t('state.loading')}</Loader>
        </Flex>
      )}
    </Flex>
  );
};
