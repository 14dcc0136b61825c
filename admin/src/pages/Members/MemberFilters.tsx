import { Button, Flex, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { Cross } from '@strapi/icons';

import { MEMBER_STATUSES } from '../../../../contracts';
import { useGetMembershipTiersQuery } from '../../api/tiers';
import type { useListQuery } from '../../lib/useListQuery';
import { useT } from '../../translations/useT';

/** The tiers are another permission: a user without it filters by status only. */
export const MemberFilters = ({ list }: { list: ReturnType<typeof useListQuery> }) => {
  const t = useT();
  const { data: tiers } = useGetMembershipTiersQuery();

  return (
    <Flex gap={2} wrap="wrap">
      <SingleSelect
        size="S"
        aria-label={t('members.filter.status')}
        placeholder={t('members.filter.status')}
        value={list.status ?? null}
        clearLabel={t('action.clear')}
        onClear={() => list.setStatus(undefined)}
        onChange={(value) => list.setStatus(String(value))}
      >
        {MEMBER_STATUSES.map((status) => (
          <SingleSelectOption key={status} value={status}>
            {t(`status.${status}`)}
          </SingleSelectOption>
        ))}
      </SingleSelect>
      {tiers === undefined || tiers.data.length === 0 ? null : (
        <SingleSelect
          size="S"
          aria-label={t('members.filter.tier')}
          placeholder={t('members.filter.tier')}
          value={list.tier ?? null}
          clearLabel={t('action.clear')}
          onClear={() => list.setTier(undefined)}
          onChange={(value) => list.setTier(String(value))}
        >
          {tiers.data.map(({ documentId, name }) => (
            <SingleSelectOption key={documentId} value={documentId}>
              {name}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      )}
      {list.isFiltered ? (
        <Button variant="ghost" size="S" startIcon={<Cross />} onClick={list.clear}>
          {t('action.clearFilters')}
        </Button>
      ) : null}
    </Flex>
  );
};
