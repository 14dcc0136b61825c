import { lazy, Suspense } from 'react';
import { Typography } from '@strapi/design-system';

import type { Churn, ChurnMonth } from '../../../../contracts';
import { ChartOrTable } from '../../components/charts/ChartOrTable';
import { DataTable, type Column } from '../../components/DataTable';
import { Loading } from '../../components/States';
import { useFormats } from '../../lib/useFormats';
import { useT } from '../../translations/useT';

/** The drawing library comes only with the first chart that is looked at. */
const ChurnChart = lazy(() => import('../../components/charts/ChurnChart'));

export const MonthsPanel = ({ churn }: { churn: Churn }) => {
  const t = useT();
  const { month, number, percent } = useFormats();

  const count = (key: 'start' | 'joined' | 'left' | 'end'): Column<ChurnMonth> => ({
    id: key,
    label: t(`churn.column.${key}`),
    hint: t(`churn.column.${key}.hint`),
    align: 'right',
    cell: (row) => <Typography>{number(row[key])}</Typography>,
  });
  const columns: Column<ChurnMonth>[] = [
    {
      id: 'month',
      label: t('churn.column.month'),
      primary: true,
      cell: (row) => <Typography fontWeight="semiBold">{month(row.month)}</Typography>,
    },
    count('start'),
    count('joined'),
    count('left'),
    count('end'),
    {
      id: 'rate',
      label: t('churn.column.rate'),
      hint: t('churn.column.rate.hint'),
      align: 'right',
      cell: ({ churnRate }) => (
        <Typography fontWeight="semiBold">
          {churnRate === null ? '–' : percent(churnRate)}
        </Typography>
      ),
    },
  ];

  return (
    <ChartOrTable
      title={t('churn.months')}
      hint={t('churn.months.hint', { timeZone: churn.timeZone })}
      chart={
        <Suspense fallback={<Loading />}>
          <ChurnChart months={churn.months} />
        </Suspense>
      }
      table={
        <DataTable
          label={t('churn.months')}
          columns={columns}
          rows={[...churn.months].reverse()}
          rowKey={(row) => row.month}
        />
      }
    />
  );
};
