import { exponentOf } from '../../server/src/domain/money';
import { itemMrr, type Discount, type RecurringItem } from '../../server/src/domain/mrr';
import fc from 'fast-check';

describe('the digits after the decimal point', () => {
  it.each([
    ['eur', 2],
    ['USD', 2],
    ['jpy', 0],
    ['KRW', 0],
    ['vnd', 0],
    ['clp', 0],
    ['kwd', 3],
    ['tnd', 3],
    // Without decimals of their own, yet counted in hundredths by Stripe.
    ['isk', 2],
    ['ugx', 2],
    ['huf', 2],
    ['zzz', 2],
  ])('%s has %i', (currency, digits) => {
    expect(exponentOf(currency)).toBe(digits);
  });
});

const item = (changes: Partial<RecurringItem> = {}): RecurringItem => ({
  amount: 1200,
  quantity: 1,
  interval: 'month',
  intervalCount: 1,
  metered: false,
  ...changes,
});

const off = (changes: Partial<Discount>): Discount => ({
  duration: 'forever',
  percentOff: null,
  amountOff: null,
  ...changes,
});

describe('monthly recurring revenue, in thousandths of a minor unit', () => {
  it.each([
    ['a month', item(), 1_200_000],
    ['a quarter', item({ intervalCount: 3 }), 400_000],
    ['a year', item({ interval: 'year' }), 100_000],
    ['two years', item({ interval: 'year', intervalCount: 2 }), 50_000],
    ['a week', item({ interval: 'week' }), 5_200_000],
    ['a day', item({ interval: 'day' }), 36_500_000],
    ['five seats', item({ quantity: 5 }), 6_000_000],
    ['none left', item({ quantity: 0 }), 0],
    ['a year that does not divide', item({ amount: 1000, interval: 'year' }), 83_333],
    ['metered', item({ metered: true }), 0],
    ['priced by tiers', item({ amount: null }), 0],
    ['paid once', item({ interval: null }), 0],
    ['an interval nobody knows', item({ interval: 'decade' }), 0],
  ])('%s', (_name, one, mrr) => {
    expect(itemMrr('active', [one])).toEqual([mrr]);
  });

  it.each([
    ['active', 1_200_000],
    ['past_due', 1_200_000],
    ['trialing', 0],
    ['incomplete', 0],
    ['incomplete_expired', 0],
    ['unpaid', 0],
    ['paused', 0],
    ['canceled', 0],
    ['what comes next', 0],
  ])('%s', (status, mrr) => {
    expect(itemMrr(status, [item()])).toEqual([mrr]);
  });

  it.each([
    ['25 %', [off({ percentOff: 25 })], 900_000],
    ['2.00', [off({ amountOff: 200 })], 1_000_000],
    ['first 50 %, then 1.00', [off({ percentOff: 50 }), off({ amountOff: 100 })], 500_000],
    ['first 2.00, then 50 %', [off({ amountOff: 200 }), off({ percentOff: 50 })], 500_000],
    ['more than it costs', [off({ amountOff: 5000 })], 0],
    ['100 %', [off({ percentOff: 100 })], 0],
    ['once', [off({ duration: 'once', percentOff: 50 })], 1_200_000],
    ['for some months', [off({ duration: 'repeating', percentOff: 50 })], 1_200_000],
  ])('after %s off', (_name, discounts, mrr) => {
    expect(itemMrr('active', [item()], discounts)).toEqual([mrr]);
  });

  it('shares an amount off among the items it is off of', () => {
    const items = [item({ amount: 3000 }), item({ amount: 1000 }), item({ metered: true })];
    expect(itemMrr('active', items, [off({ amountOff: 400 })])).toEqual([2_700_000, 900_000, 0]);
  });

  it('counts a currency without decimals in its own units', () => {
    expect(itemMrr('active', [item({ amount: 1500, interval: 'year' })])).toEqual([125_000]);
  });

  it('is whole, and never below nothing', () => {
    const items = fc.array(
      fc.record({
        amount: fc.option(fc.integer({ min: 0, max: 99_999_999 })),
        quantity: fc.integer({ min: 0, max: 1000 }),
        interval: fc.constantFrom('day', 'week', 'month', 'year', null),
        intervalCount: fc.integer({ min: 1, max: 36 }),
        metered: fc.boolean(),
      })
    );
    const discounts = fc.array(
      fc.record({
        duration: fc.constantFrom('forever', 'once'),
        percentOff: fc.option(fc.integer({ min: 0, max: 100 })),
        amountOff: fc.option(fc.integer({ min: 0, max: 10_000 })),
      }),
      { maxLength: 3 }
    );
    fc.assert(
      fc.property(items, discounts, (all, less) => {
        const [full, reduced] = [itemMrr('active', all), itemMrr('active', all, less)];
        reduced.forEach((mrr, index) => {
          expect(Number.isInteger(mrr)).toBe(true);
          expect(mrr).toBeGreaterThanOrEqual(0);
          expect(mrr).toBeLessThanOrEqual(full[index] ?? 0);
        });
      })
    );
  });
});
