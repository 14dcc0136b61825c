import type { ReactNode } from 'react';
import { Button } from '@strapi/design-system';

import { Empty } from '../../components/States';
import { useT } from '../../translations/useT';
import type { MemberList } from './useMemberList';

interface NoMembersProps {
  list: MemberList;
  total: number;
  addButton: ReactNode;
}

/** Why the list is empty decides what helps: there are none, none match, or the page is past the end. */
export const NoMembers = ({ list, total, addButton }: NoMembersProps) => {
  const t = useT();
  if (total > 0) {
    return (
      <Empty
        content={t('members.empty.page')}
        action={
          <Button variant="secondary" onClick={list.toFirstPage}>
            {t('action.firstPage')}
          </Button>
        }
      />
    );
  }
  if (list.isFiltered) {
    return (
      <Empty
        content={t('members.empty.filtered')}
        action={
          <Button variant="secondary" onClick={list.clear}>
            {t('action.clearFilters')}
          </Button>
        }
      />
    );
  }
  return <Empty content={t('members.empty')} action={addButton} />;
};
