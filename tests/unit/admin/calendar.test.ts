import { endOfDay, localDay, tomorrow, toPicker } from '../../../admin/src/lib/days';
import { addMonths, toRange } from '../../../admin/src/lib/periods';
import { summarise } from '../../../admin/src/pages/Churn/summary';

describe('months of a report', () => {
  it('counts across years', () => {
    expect(addMonths('2026-01', -1)).toBe('2025-12');
    expect(addMonths('2026-11', 14)).toBe('2028-01');
  });

  it('knows the periods', () => {
    expect(toRange('6', '2026-03')).toEqual({ from: '2025-10', to: '2026-03' });
    expect(toRange('year', '2026-03')).toEqual({ from: '2026-01', to: '2026-03' });
    expect(toRange('lastYear', '2026-03')).toEqual({ from: '2025-01', to: '2025-12' });
  });
});

describe('days', () => {
  it('survives the date picker and ends where the browser is', () => {
    const picked = new Date(2026, 10, 30);
    expect(localDay(picked)).toBe('2026-11-30');
    expect(toPicker(localDay(picked)).toISOString()).toBe('2026-11-30T00:00:00.000Z');
    expect(new Date(endOfDay('2026-11-30')).getDate()).toBe(30);
    expect(tomorrow(new Date(2026, 11, 31, 23, 59))).toBe('2027-01-01');
  });
});

describe('the summary above the churn chart', () => {
  const month = (start: number, joined: number, left: number) => ({
    month: '2026-01',
    start,
    joined,
    left,
    end: start + joined - left,
    churnRate: start === 0 ? null : left / start,
  });

  it('weighs months by their members', () => {
    const { rate, joined, left, start, end } = summarise([month(3, 297, 3), month(297, 0, 0)]);
    expect({ joined, left, start, end }).toEqual({ joined: 297, left: 3, start: 3, end: 297 });
    expect(rate).toBe(0.01);
  });

  it('has no rate when nobody was ever paying', () => {
    expect(summarise([month(0, 4, 0)]).rate).toBeNull();
    expect(summarise([])).toEqual({ start: 0, joined: 0, left: 0, end: 0, rate: null });
  });
});
