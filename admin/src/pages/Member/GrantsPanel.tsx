import { useState } from 'react';
import { useNotification } from '@strapi/strapi/admin';
import { Button, Flex, Typography } from '@strapi/design-system';

import type { GrantRow, MemberDetail } from '../../../../contracts';
import { useNotifyProblem } from '../../api/errors';
import { useEndMembershipGrantMutation } from '../../api/members';
import { Confirm } from '../../components/Confirm';
import { DataTable, type Column } from '../../components/DataTable';
import { Panel } from '../../components/Panel';
import { Pill } from '../../components/Pill';
import { EmptyLine } from '../../components/States';
import { useFormats } from '../../lib/useFormats';
import { useT } from '../../translations/useT';

interface GrantsPanelProps {
  member: MemberDetail;
  canUpdate: boolean;
}

export const GrantsPanel = ({ member, canUpdate }: GrantsPanelProps) => {
  const t = useT();
  const { day, moment } = useFormats();
  const { toggleNotification } = useNotification();
  const notifyProblem = useNotifyProblem();
  const [ending, setEnding] = useState<GrantRow | null>(null);
  const [end] = useEndMembershipGrantMutation();

  const until = ({ endsAt, revokedAt, revokedReason }: GrantRow) => {
    if (revokedAt !== null) {
      const date = day(revokedAt);
      return revokedReason === null
        ? t('grant.revoked', { date })
        : t(`grant.withheld.${revokedReason}`, { date });
    }
    return endsAt === null ? t('grant.noEnd') : moment(endsAt);
  };

  const handleEnd = async () => {
    if (ending === null) return;
    const result = await end({ member: member.documentId, grant: ending.documentId });
    if ('error' in result) return notifyProblem(result.error);
    toggleNotification({ type: 'success', message: t('grant.ended') });
  };

  const columns: Column<GrantRow>[] = [
    {
      id: 'tier',
      label: t('grant.tier'),
      primary: true,
      cell: ({ tier, active }) => (
        <Flex gap={2}>
          <Typography fontWeight="semiBold" textColor={active ? 'neutral800' : 'neutral600'}>
            {tier?.name ?? t('grant.tier.gone')}
          </Typography>
          <Pill
            variant={active ? 'success' : 'neutral'}
            label={t(active ? 'grant.active' : 'grant.inactive')}
          />
        </Flex>
      ),
    },
    {
      id: 'source',
      label: t('grant.source'),
      hint: t('grant.source.hint'),
      cell: ({ source }) => <Typography>{t(`source.${source}`)}</Typography>,
    },
    {
      id: 'startsAt',
      label: t('grant.startsAt'),
      cell: ({ startsAt }) => <Typography>{day(startsAt)}</Typography>,
    },
    {
      id: 'endsAt',
      label: t('grant.endsAt'),
      cell: (grant) => <Typography>{until(grant)}</Typography>,
    },
  ];
  const canEnd = (grant: GrantRow) =>
    canUpdate && grant.source === 'complimentary' && grant.revokedAt === null && grant.active;
  if (member.grants.some(canEnd)) {
    columns.push({
      id: 'end',
      label: t('grant.action'),
      align: 'right',
      cell: (grant) =>
        canEnd(grant) ? (
          <Button size="S" variant="danger-light" onClick={() => setEnding(grant)}>
            {t('grant.end')}
          </Button>
        ) : null,
    });
  }

  return (
    <Panel title={t('grants.title')} hint={t('grants.hint')} flush>
      {member.grants.length === 0 ? (
        <EmptyLine>{t('grants.empty')}</EmptyLine>
      ) : (
        <DataTable
          label={t('grants.title')}
          columns={columns}
          rows={member.grants}
          rowKey={({ documentId }) => documentId}
        />
      )}
      <Confirm
        open={ending !== null}
        onClose={() => setEnding(null)}
        title={t('grant.end.title')}
        body={t('grant.end.body', { tier: ending?.tier?.name ?? '' })}
        danger
        onConfirm={handleEnd}
      />
    </Panel>
  );
};
