import type { Deed } from './deed';
import { LIFE } from './life';
import { MONEY } from './money';
import { PLANS } from './plan';

export { IBANS } from './money';

/** What members do, and what is done to them; the first that may and does happen is a day's. */
export const DEEDS: readonly Deed[] = [...PLANS, ...LIFE, ...MONEY];
