import type { scaleBand, scaleLinear } from '@visx/scale';

import type { ChurnMonth } from '../../../../contracts';

export const MARGIN = { left: 48, right: 8 };

/** Each row's top and height in pixels, under a line of its own for its name. */
export const ROWS = {
  members: { top: 28, height: 110 },
  flow: { top: 182, height: 120 },
  rate: { top: 346, height: 90 },
};
export const AXIS_TOP = 436;
export const HEIGHT = 466;

export type MonthScale = ReturnType<typeof scaleBand<string>>;
export type ValueScale = ReturnType<typeof scaleLinear<number>>;

export interface RowProps {
  months: ChurnMonth[];
  x: MonthScale;
  width: number;
}
