import fc from 'fast-check';
import { Agenda } from './engine/agenda';
import { boundary, nextBoundary } from './engine/calendar';
import { formatAmount } from './engine/money';

const at = (text: string) => Date.parse(text) / 1000;

describe('The billing calendar', () => {
  it('keeps the day of the anchor, or the last of a shorter month', () => {
    const anchor = at('2027-12-31T23:30:00Z');
    const months = [1, 2, 3, 12].map((n) => boundary(anchor, 'month', 1, n));
    expect(months).toEqual([
      at('2028-01-31T23:30:00Z'),
      at('2028-02-29T23:30:00Z'),
      at('2028-03-31T23:30:00Z'),
      at('2028-12-31T23:30:00Z'),
    ]);
    expect(boundary(at('2028-02-29T00:00:00Z'), 'year', 1, 1)).toBe(at('2029-02-28T00:00:00Z'));
    expect(boundary(at('2028-02-29T00:00:00Z'), 'year', 1, 4)).toBe(at('2032-02-29T00:00:00Z'));
  });

  it('finds the first boundary after any moment', () => {
    const second = fc.integer({ min: at('2000-01-01'), max: at('2060-01-01') });
    const interval = fc.constantFrom('day', 'week', 'month', 'year');
    fc.assert(
      fc.property(
        second,
        second,
        interval,
        fc.integer({ min: 1, max: 12 }),
        (anchor, after, unit, count) => {
          const next = nextBoundary(anchor, unit, count, after);
          expect(next).toBeGreaterThan(after);
          const steps = [-1, 0, 1].map((n) => boundary(next, unit, count, n));
          expect(steps[1]).toBe(next);
          // Whatever lies between is no boundary: one step back is not after the moment.
          const days = { day: 1, week: 7, month: 31, year: 366 }[unit] ?? 0;
          expect(next - after).toBeLessThanOrEqual(days * count * 86_400);
        }
      )
    );
  });

  it('takes what is due in order of time, then of entry, and forgets what was moved', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat(20))), (entries) => {
        const agenda = new Agenda();
        const expected = new Map<string, number>();
        for (const [key, time] of entries) {
          agenda.set(`k${key}`, time);
          expected.set(`k${key}`, time);
        }
        const taken: [string, number][] = [];
        for (let due = agenda.takeUntil(99); due; due = agenda.takeUntil(99)) {
          taken.push([due.key, due.at]);
        }
        const times = taken.map(([, time]) => time);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        expect(new Map(taken)).toEqual(expected);
        expect(taken).toHaveLength(expected.size);
      })
    );
  });
});

describe('Amounts', () => {
  it.each([
    [1250, 'eur', '€12.50'],
    [1250, 'jpy', '¥1,250'],
    [1250, 'usd', '$12.50'],
  ])('%i %s reads %s', (amount, currency, text) => {
    expect(formatAmount(amount, currency)).toBe(text);
  });

  it('counts three decimals where there are three', () => {
    expect(formatAmount(1250, 'kwd').replace(/\s/g, ' ')).toBe('KWD 1.250');
  });
});
