import type { Core } from '@strapi/strapi';
import { table } from './table';
import { isDuplicate } from './transaction';

/** All requests to Stripe share one rate, and so one row. */
const NAME = 'stripe';

/** Machine milliseconds: a rate is a matter of the machine's time, whatever the site's clock says. */
export interface Pace {
  nextAt: number;
  pausedUntil: number;
  strikes: number;
}

const NOTHING: Pace = { nextAt: 0, pausedUntil: 0, strikes: 0 };

const find = async (strapi: Core.Strapi): Promise<Pace | null> => {
  const row = await table(strapi, 'pace').findOne({ where: { name: NAME } });
  return (
    row && {
      nextAt: Number(row.nextAt),
      pausedUntil: Number(row.pausedUntil),
      strikes: row.strikes,
    }
  );
};

const columns = ({ nextAt, pausedUntil, strikes }: Pace) => ({
  nextAt: String(nextAt),
  pausedUntil: String(pausedUntil),
  strikes,
});

/** The rate as it stands, for whoever looks at it. */
export const readPace = async (strapi: Core.Strapi): Promise<Pace> =>
  (await find(strapi)) ?? NOTHING;

/**
 * Changes the shared rate by one conditional write, which has one winner on every database; whoever
 * lost reads again.
 *
 * @returns the rate before and after the change
 */
export const changePace = async (
  strapi: Core.Strapi,
  change: (pace: Pace) => Pace
): Promise<{ before: Pace; after: Pace }> => {
  for (;;) {
    const before = await find(strapi);
    if (!before) {
      try {
        await table(strapi, 'pace').create({ data: { name: NAME, ...columns(NOTHING) } });
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
      continue;
    }
    const after = change(before);
    const { count } = await table(strapi, 'pace').updateMany({
      where: { name: NAME, ...columns(before) },
      data: columns(after),
    });
    if (count === 1) return { before, after };
  }
};
