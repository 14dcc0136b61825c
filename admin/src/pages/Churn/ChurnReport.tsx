import { Grid } from '@strapi/design-system';

import type { Churn } from '../../../../contracts';
import { Figure } from '../../components/Figure';
import { Empty } from '../../components/States';
import { useFormats } from '../../lib/useFormats';
import { useT } from '../../translations/useT';
import { MonthsPanel } from './MonthsPanel';
import { ReasonsPanel } from './ReasonsPanel';
import { summarise } from './summary';

export const ChurnReport = ({ churn }: { churn: Churn }) => {
  const t = useT();
  const { number, percent, signed } = useFormats();
  const { start, joined, left, end, rate } = summarise(churn.months);

  if (churn.months.every((month) => month.start + month.joined + month.left === 0)) {
    return <Empty content={t('churn.empty')} />;
  }
  const figures = [
    {
      label: t('churn.rate'),
      value: rate === null ? '–' : percent(rate),
      hint: t('churn.rate.hint'),
      detail: t('churn.rate.detail'),
    },
    {
      label: t('churn.left'),
      value: number(left),
      hint: t('churn.left.hint'),
      detail: t('churn.inPeriod'),
    },
    {
      label: t('churn.joined'),
      value: number(joined),
      hint: t('churn.joined.hint'),
      detail: t('churn.inPeriod'),
    },
    {
      label: t('churn.end'),
      value: number(end),
      hint: t('churn.end.hint', {
        start: number(start),
        joined: number(joined),
        left: number(left),
        end: number(end),
      }),
      detail: t('churn.net', { change: signed(end - start) }),
    },
  ];

  return (
    <>
      <Grid.Root gap={4}>
        {figures.map((figure) => (
          <Grid.Item
            key={figure.label}
            col={3}
            s={6}
            xs={6}
            direction="column"
            alignItems="stretch"
          >
            <Figure {...figure} />
          </Grid.Item>
        ))}
      </Grid.Root>
      <MonthsPanel churn={churn} />
      <ReasonsPanel reasons={churn.reasons} />
    </>
  );
};
