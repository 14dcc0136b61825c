import { AxisBottom } from '@visx/axis';
import { scaleLinear } from '@visx/scale';
import { BarRounded } from '@visx/shape';
import { useTheme } from 'styled-components';

import type { ChurnMonth } from '../../../../contracts';
import { useFormats } from '../../lib/useFormats';
import { useT } from '../../translations/useT';
import { AXIS_TOP, ROWS, type MonthScale, type RowProps } from './layout';
import { RowFrame } from './RowFrame';

const RADIUS = 3;
const most = (values: number[]) => Math.max(1, ...values);

export const MembersRow = ({ months, x, width }: RowProps) => {
  const t = useT();
  const { colors } = useTheme();
  const { number } = useFormats();
  const { top, height } = ROWS.members;
  const y = scaleLinear({
    domain: [0, most(months.map(({ start }) => start))],
    range: [top + height, top],
    nice: 3,
  });
  return (
    <RowFrame
      keys={[{ label: t('churn.chart.start'), color: colors.primary500 }]}
      row={ROWS.members}
      y={y}
      format={number}
      width={width}
    >
      {months.map(({ month, start }) => (
        <BarRounded
          key={month}
          x={x(month) ?? 0}
          y={y(start)}
          width={x.bandwidth()}
          height={y(0) - y(start)}
          radius={RADIUS}
          top
          fill={colors.primary500}
        />
      ))}
    </RowFrame>
  );
};

/** Joined goes up and left goes down from one line: the difference is what is seen. */
export const FlowRow = ({ months, x, width }: RowProps) => {
  const t = useT();
  const { colors } = useTheme();
  const { number } = useFormats();
  const { top, height } = ROWS.flow;
  const y = scaleLinear({
    domain: [-most(months.map(({ left }) => left)), most(months.map(({ joined }) => joined))],
    range: [top + height, top],
    nice: 3,
  });
  const keys = [
    { label: t('churn.column.joined'), color: colors.success500 },
    { label: t('churn.column.left'), color: colors.danger500 },
  ];
  return (
    <RowFrame
      keys={keys}
      row={ROWS.flow}
      y={y}
      format={(value) => number(Math.abs(value))}
      width={width}
    >
      {months.map(({ month, joined, left }) => (
        <g key={month}>
          <BarRounded
            x={x(month) ?? 0}
            y={y(joined)}
            width={x.bandwidth()}
            height={y(0) - y(joined)}
            radius={RADIUS}
            top
            fill={colors.success500}
          />
          <BarRounded
            x={x(month) ?? 0}
            y={y(0)}
            width={x.bandwidth()}
            height={y(-left) - y(0)}
            radius={RADIUS}
            bottom
            fill={colors.danger500}
          />
        </g>
      ))}
    </RowFrame>
  );
};

export const RateRow = ({ months, x, width }: RowProps) => {
  const t = useT();
  const { colors } = useTheme();
  const { percent } = useFormats();
  const { top, height } = ROWS.rate;
  const rates = months.map(({ churnRate }) => churnRate ?? 0);
  const y = scaleLinear({
    domain: [0, Math.max(0.01, ...rates)],
    range: [top + height, top],
    nice: 3,
  });
  return (
    <RowFrame
      keys={[{ label: t('churn.column.rate'), color: colors.warning500 }]}
      row={ROWS.rate}
      y={y}
      format={percent}
      width={width}
    >
      {months.map(({ month, churnRate }) =>
        churnRate === null ? null : (
          <BarRounded
            key={month}
            x={x(month) ?? 0}
            y={y(churnRate)}
            width={x.bandwidth()}
            height={y(0) - y(churnRate)}
            radius={RADIUS}
            top
            fill={colors.warning500}
          />
        )
      )}
    </RowFrame>
  );
};

/** Months that do not fit are left out, never tilted. */
export const MonthAxis = ({ months, x }: { months: ChurnMonth[]; x: MonthScale }) => {
  const { colors } = useTheme();
  const { month: monthName } = useFormats();
  const every = Math.ceil(38 / Math.max(x.step(), 1));
  const shown = months.filter((_, index) => (months.length - 1 - index) % every === 0);
  const label = (month: string) =>
    month.endsWith('-01') ? month.slice(0, 4) : monthName(month, 'short');
  return (
    <AxisBottom
      top={AXIS_TOP}
      scale={x}
      tickValues={shown.map(({ month }) => month)}
      tickFormat={label}
      stroke={colors.neutral300}
      hideTicks
      tickLabelProps={{
        fill: colors.neutral600,
        fontSize: 11,
        textAnchor: 'middle',
        fontFamily: 'inherit',
      }}
    />
  );
};
