import { Typography } from '@strapi/design-system';

import type { ChurnReason } from '../../../../contracts';
import { ChartOrTable } from '../../components/charts/ChartOrTable';
import { ShareBars } from '../../components/charts/ShareBars';
import { DataTable, type Column } from '../../components/DataTable';
import { Panel } from '../../components/Panel';
import { EmptyLine } from '../../components/States';
import { useFormats } from '../../lib/useFormats';
import { useOpenT, useT } from '../../translations/useT';

/** A reason Stripe adds later shows as Stripe writes it: `too_soon` → `Too soon`. */
const humanise = (reason: string) => {
  const words = reason.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const ReasonsPanel = ({ reasons }: { reasons: ChurnReason[] }) => {
  const t = useT();
  const openT = useOpenT();
  const { number, percent } = useFormats();
  const title = t('churn.reasons');
  const hint = t('churn.reasons.hint');
  const nameOf = ({ reason }: ChurnReason) => openT(`reason.${reason}`) ?? humanise(reason);

  if (reasons.length === 0) {
    return (
      <Panel title={title} hint={hint} flush>
        <EmptyLine>{t('churn.reasons.empty')}</EmptyLine>
      </Panel>
    );
  }
  const columns: Column<ChurnReason>[] = [
    {
      id: 'reason',
      label: t('churn.column.reason'),
      primary: true,
      cell: (row) => <Typography fontWeight="semiBold">{nameOf(row)}</Typography>,
    },
    {
      id: 'count',
      label: t('churn.column.count'),
      align: 'right',
      cell: ({ count }) => <Typography>{number(count)}</Typography>,
    },
    {
      id: 'share',
      label: t('churn.column.share'),
      hint: t('churn.column.share.hint'),
      align: 'right',
      cell: ({ share }) => <Typography>{percent(share)}</Typography>,
    },
  ];

  return (
    <ChartOrTable
      title={title}
      hint={hint}
      chart={
        <ShareBars
          label={title}
          bars={reasons.map((reason) => ({
            key: reason.reason,
            label: nameOf(reason),
            share: reason.share,
            text: t('churn.reason.text', {
              count: reason.count,
              shown: number(reason.count),
              share: percent(reason.share),
            }),
          }))}
        />
      }
      table={
        <DataTable label={title} columns={columns} rows={reasons} rowKey={({ reason }) => reason} />
      }
    />
  );
};
