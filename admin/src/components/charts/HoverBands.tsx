import { useTheme } from 'styled-components';

import type { ChurnMonth } from '../../../../contracts';
import { AXIS_TOP, ROWS, type MonthScale } from './layout';

interface HoverBandsProps {
  months: ChurnMonth[];
  x: MonthScale;
  active: number | null;
  onActivate: (index: number) => void;
}

/** The month as a whole is the target: a bar of two pixels could not be hit. */
export const HoverBands = ({ months, x, active, onActivate }: HoverBandsProps) => {
  const { colors } = useTheme();
  const step = x.step();
  return (
    <g>
      {months.map(({ month }, index) => (
        <rect
          key={month}
          x={(x(month) ?? 0) - (step - x.bandwidth()) / 2}
          y={ROWS.members.top - 6}
          width={step}
          height={AXIS_TOP - ROWS.members.top + 6}
          fill={index === active ? colors.neutral150 : 'transparent'}
          rx={4}
          onMouseEnter={() => onActivate(index)}
          onClick={() => onActivate(index)}
        />
      ))}
    </g>
  );
};
