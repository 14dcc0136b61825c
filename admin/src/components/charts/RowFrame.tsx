import type { ReactNode } from 'react';
import { AxisLeft } from '@visx/axis';
import { GridRows } from '@visx/grid';
import type { ScaleLinear } from '@visx/vendor/d3-scale';
import { useTheme } from 'styled-components';

import { MARGIN } from './layout';

interface RowFrameProps {
  label: string;
  row: { top: number; height: number };
  y: ScaleLinear<number, number>;
  format: (value: number) => string;
  width: number;
  children: ReactNode;
}

/** A row's name, its scale and its lines; pointing passes through to the months behind. */
export const RowFrame = ({ label, row, y, format, width, children }: RowFrameProps) => {
  const { colors } = useTheme();
  const ticks = y.ticks(3);
  return (
    <g pointerEvents="none">
      <text x={0} y={row.top - 14} fill={colors.neutral700} fontSize={12} fontWeight={600}>
        {label}
      </text>
      <GridRows
        scale={y}
        tickValues={ticks}
        left={MARGIN.left}
        width={Math.max(width - MARGIN.left - MARGIN.right, 0)}
        stroke={colors.neutral200}
      />
      {children}
      <AxisLeft
        left={MARGIN.left}
        scale={y}
        tickValues={ticks}
        tickFormat={(value) => format(Number(value))}
        hideAxisLine
        hideTicks
        tickLabelProps={{
          fill: colors.neutral600,
          fontSize: 11,
          textAnchor: 'end',
          dx: -2,
          dy: 3,
          fontFamily: 'inherit',
        }}
      />
    </g>
  );
};
