import { useState } from 'react';
import { Button, Flex, Typography } from '@strapi/design-system';
import { Plus } from '@strapi/icons';

import type { AdminPrice, AdminTier } from '../../../../contracts';
import { useNotifyProblem } from '../../api/errors';
import { useUpdateMembershipPriceMutation } from '../../api/tiers';
import { Confirm } from '../../components/Confirm';
import { DataTable, type Column } from '../../components/DataTable';
import { Panel } from '../../components/Panel';
import { Pill } from '../../components/Pill';
import { EmptyLine } from '../../components/States';
import { SyncBadge } from '../../components/SyncBadge';
import { useFormats } from '../../lib/useFormats';
import { useIntervalText } from '../../lib/useIntervalText';
import { useT } from '../../translations/useT';
import { AddPrice } from './AddPrice';

interface PricesPanelProps {
  /** null: not saved yet, and a price needs a tier. */
  tier: AdminTier | null;
  canUpdate: boolean;
}

export const PricesPanel = ({ tier, canUpdate }: PricesPanelProps) => {
  const t = useT();
  const { money } = useFormats();
  const intervalText = useIntervalText();
  const notifyProblem = useNotifyProblem();
  const [isAdding, setAdding] = useState(false);
  const [stopping, setStopping] = useState<AdminPrice | null>(null);
  const [updatePrice, { isLoading }] = useUpdateMembershipPriceMutation();

  const setActive = async (documentId: string, active: boolean) => {
    const result = await updatePrice({ documentId, input: { active } });
    if ('error' in result) notifyProblem(result.error);
  };

  const columns: Column<AdminPrice>[] = [
    {
      id: 'amount',
      label: t('price.amount'),
      primary: true,
      cell: ({ amount, currency, exponent, interval, intervalCount, active }) => (
        <Flex gap={1} wrap="wrap">
          <Typography fontWeight="bold" textColor={active ? 'neutral800' : 'neutral500'}>
            {money(amount, currency, exponent)}
          </Typography>
          <Typography textColor="neutral600">{intervalText(interval, intervalCount)}</Typography>
          {active ? null : <Pill variant="neutral" label={t('price.inactive')} />}
        </Flex>
      ),
    },
    {
      id: 'trial',
      label: t('price.trial'),
      hint: t('price.trial.hint'),
      cell: ({ trialDays }) => (
        <Typography>
          {trialDays === 0 ? '–' : t('price.trialDays', { count: trialDays })}
        </Typography>
      ),
    },
    { id: 'sync', label: t('tier.sync'), cell: ({ sync }) => <SyncBadge sync={sync} /> },
  ];
  if (canUpdate) {
    columns.push({
      id: 'actions',
      label: t('grant.action'),
      align: 'right',
      cell: (price) =>
        price.active ? (
          <Button size="S" variant="tertiary" onClick={() => setStopping(price)}>
            {t('price.deactivate')}
          </Button>
        ) : (
          <Button
            size="S"
            variant="tertiary"
            disabled={isLoading}
            onClick={() => void setActive(price.documentId, true)}
          >
            {t('price.activate')}
          </Button>
        ),
    });
  }

  const prices = tier?.prices ?? [];
  return (
    <Panel
      title={t('prices.title')}
      hint={t('prices.hint')}
      flush
      actions={
        canUpdate && tier !== null && tier.archivedAt === null ? (
          <Button variant="secondary" size="S" startIcon={<Plus />} onClick={() => setAdding(true)}>
            {t('price.add')}
          </Button>
        ) : undefined
      }
    >
      {prices.length === 0 ? (
        <EmptyLine>{t(tier === null ? 'prices.saveFirst' : 'prices.empty')}</EmptyLine>
      ) : (
        <DataTable
          label={t('prices.title')}
          columns={columns}
          rows={prices}
          rowKey={({ documentId }) => documentId}
        />
      )}
      {isAdding && tier !== null ? <AddPrice tier={tier} onClose={() => setAdding(false)} /> : null}
      <Confirm
        open={stopping !== null}
        onClose={() => setStopping(null)}
        title={t('price.deactivate.title')}
        body={t('price.deactivate.body')}
        danger
        onConfirm={() => (stopping === null ? undefined : setActive(stopping.documentId, false))}
      />
    </Panel>
  );
};
