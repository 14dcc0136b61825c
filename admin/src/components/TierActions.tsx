import { useState } from 'react';
import { useNotification } from '@strapi/strapi/admin';
import { IconButton, MenuItem, SimpleMenu } from '@strapi/design-system';
import { More } from '@strapi/icons';
import { useLocation, useNavigate } from 'react-router-dom';

import type { AdminTier } from '../../../contracts';
import { useNotifyProblem } from '../api/errors';
import {
  useArchiveMembershipTierMutation,
  useDeleteMembershipTierMutation,
  useRestoreMembershipTierMutation,
} from '../api/tiers';
import { BASE_PATH } from '../pluginId';
import { useT } from '../translations/useT';
import { Confirm } from './Confirm';

type Action = 'archive' | 'restore' | 'delete';

/** Archive, restore and delete. A tier that was ever used can only be archived. */
export const TierActions = ({ tier }: { tier: AdminTier }) => {
  const t = useT();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const { toggleNotification } = useNotification();
  const notifyProblem = useNotifyProblem();
  const [action, setAction] = useState<Action | null>(null);
  const [archive] = useArchiveMembershipTierMutation();
  const [restore] = useRestoreMembershipTierMutation();
  const [remove] = useDeleteMembershipTierMutation();
  const run = { archive, restore, delete: remove };
  const editPath = `${BASE_PATH}/tiers/${tier.documentId}`;
  const isArchived = tier.archivedAt !== null;

  const confirm = async () => {
    if (action === null) return;
    const result = await run[action](tier.documentId);
    if ('error' in result) return notifyProblem(result.error);
    toggleNotification({ type: 'success', message: t(`tier.${action}.done`, { tier: tier.name }) });
    if (action === 'delete') navigate(`${BASE_PATH}/tiers`);
  };

  return (
    <>
      <SimpleMenu
        label={t('tier.actions', { tier: tier.name })}
        tag={IconButton}
        icon={<More />}
        popoverPlacement="bottom-end"
      >
        {pathname === editPath ? null : (
          <MenuItem onSelect={() => navigate(editPath)}>{t('action.edit')}</MenuItem>
        )}
        <MenuItem onSelect={() => setAction(isArchived ? 'restore' : 'archive')}>
          {t(isArchived ? 'tier.restore' : 'tier.archive')}
        </MenuItem>
        <MenuItem variant="danger" onSelect={() => setAction('delete')}>
          {t('tier.delete')}
        </MenuItem>
      </SimpleMenu>
      <Confirm
        open={action !== null}
        onClose={() => setAction(null)}
        title={action === null ? '' : t(`tier.${action}.title`, { tier: tier.name })}
        body={action === null ? '' : t(`tier.${action}.body`, { tier: tier.name })}
        danger={action !== 'restore'}
        onConfirm={confirm}
      />
    </>
  );
};
