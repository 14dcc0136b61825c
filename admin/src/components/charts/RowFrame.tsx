import { Fragment, type ReactNode } from 'react';
import { AxisLeft } from '@visx/axis';
import { GridRows } from '@visx/grid';
import { useTheme } from 'styled-components';

import { MARGIN, type ValueScale } from './layout';

interface RowFrameProps {
  /** What the bars are, in their colours: the legend stands where it is needed. */
  keys: { label: string; color: string }[];
  row: { top: number; height: number };
  y: ValueScale;
  format: (value: number) => string;
  width: number;
  children: ReactNode;
}

/** A row's name, its scale and its lines; pointing passes through to the months behind. */
export const RowFrame = ({ keys, row, y, format, width, children }: RowFrameProps) => {
  const { colors } = useTheme();
  const ticks = y.ticks(3);
  return (
    <g pointerEvents="none">
      <text y={row.top - 14} fill={colors.neutral700} fontSize={12} fontWeight={600}>
        {keys.map(({ label, color }, index) => (
          <Fragment key={label}>
            <tspan fill={color} x={index === 0 ? 0 : undefined} dx={index === 0 ? 0 : 14}>
              ■
            </tspan>
            <tspan dx={5}>{label}</tspan>
          </Fragment>
        ))}
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
