import { useState, type KeyboardEvent } from 'react';
import { Box } from '@strapi/design-system';
import { useParentSize } from '@visx/responsive';
import { scaleBand } from '@visx/scale';
import { styled } from 'styled-components';

import type { ChurnMonth } from '../../../../contracts';
import { useFormats } from '../../lib/useFormats';
import { useT } from '../../translations/useT';
import { ChartTooltip } from './ChartTooltip';
import { FlowRow, MembersRow, MonthAxis, RateRow } from './ChurnRows';
import { HoverBands } from './HoverBands';
import { HEIGHT, MARGIN } from './layout';

const Frame = styled(Box)`
  position: relative;
  border-radius: ${({ theme }) => theme.borderRadius};

  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 4px;
  }
`;

/**
 * Three rows over one time axis rather than three scales in one picture: members at the start, who
 * joined and who left, and the rate. One month is pointed at in all of them, by mouse or arrow keys.
 */
const ChurnChart = ({ months }: { months: ChurnMonth[] }) => {
  const t = useT();
  const { month: monthName, number, percent } = useFormats();
  const { parentRef, width } = useParentSize({ debounceTime: 50 });
  const [active, setActive] = useState<number | null>(null);

  const x = scaleBand({
    domain: months.map(({ month }) => month),
    range: [MARGIN.left, Math.max(width - MARGIN.right, MARGIN.left)],
    paddingInner: 0.35,
    paddingOuter: 0.2,
  });

  const handleKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (event.key === 'Escape') setActive(null);
    if (step === 0) return;
    event.preventDefault();
    setActive((previous) =>
      Math.min(Math.max((previous ?? (step > 0 ? -1 : months.length)) + step, 0), months.length - 1)
    );
  };

  const shown = active === null ? undefined : months[active];
  const facts =
    shown === undefined
      ? []
      : [
          { label: t('churn.column.start'), value: number(shown.start) },
          { label: t('churn.column.joined'), value: number(shown.joined) },
          { label: t('churn.column.left'), value: number(shown.left) },
          { label: t('churn.column.end'), value: number(shown.end) },
          {
            label: t('churn.column.rate'),
            value: shown.churnRate === null ? '–' : percent(shown.churnRate),
            strong: true,
          },
        ];

  return (
    <Frame
      tabIndex={0}
      role="group"
      aria-label={t('churn.chart.label')}
      onKeyDown={handleKey}
      onBlur={() => setActive(null)}
      onMouseLeave={() => setActive(null)}
    >
      <div ref={parentRef} style={{ height: HEIGHT }}>
        {width === 0 ? null : (
          <svg width={width} height={HEIGHT} aria-hidden>
            <HoverBands months={months} x={x} active={active} onActivate={setActive} />
            <MembersRow months={months} x={x} width={width} />
            <FlowRow months={months} x={x} width={width} />
            <RateRow months={months} x={x} width={width} />
            <MonthAxis months={months} x={x} />
          </svg>
        )}
      </div>
      {shown === undefined ? null : (
        <ChartTooltip
          title={monthName(shown.month)}
          facts={facts}
          left={(x(shown.month) ?? 0) + x.bandwidth() / 2}
          chartWidth={width}
        />
      )}
    </Frame>
  );
};

export default ChurnChart;
