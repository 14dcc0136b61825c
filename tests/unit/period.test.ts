import { addPeriods, PERIOD, periodOf, periodsBetween } from '../../server/src/domain/period';
import { slugify, SLUG } from '../../server/src/domain/slug';

describe('the month of an instant', () => {
  it.each([
    ['2026-01-31T23:59:59.999Z', 'UTC', '2026-01'],
    ['2026-02-01T00:00:00.000Z', 'UTC', '2026-02'],
    ['2026-01-31T23:00:00.000Z', 'Europe/Paris', '2026-02'],
    ['2026-01-31T22:59:59.999Z', 'Europe/Paris', '2026-01'],
    ['2026-02-01T04:59:59.999Z', 'America/New_York', '2026-01'],
    ['2026-02-01T05:00:00.000Z', 'America/New_York', '2026-02'],
    // Midnight on the first in summer time is an hour earlier in UTC than in winter.
    ['2026-06-30T22:00:00.000Z', 'Europe/Paris', '2026-07'],
    ['2026-06-30T21:59:59.999Z', 'Europe/Paris', '2026-06'],
    // The hour that is repeated when summer ends, on the last Sunday of October.
    ['2026-10-25T00:30:00.000Z', 'Europe/Paris', '2026-10'],
    ['2026-10-25T01:30:00.000Z', 'Europe/Paris', '2026-10'],
    // A first of the month on which the clocks change.
    ['2026-11-01T03:59:59.999Z', 'America/New_York', '2026-10'],
    ['2026-11-01T04:00:00.000Z', 'America/New_York', '2026-11'],
    ['2026-12-31T16:59:59.999Z', 'Asia/Jakarta', '2026-12'],
    ['2026-12-31T17:00:00.000Z', 'Asia/Jakarta', '2027-01'],
    ['2026-01-31T10:00:00.000Z', 'Pacific/Kiritimati', '2026-02'],
    ['2026-02-01T10:59:59.999Z', 'Pacific/Pago_Pago', '2026-01'],
    ['2024-02-29T12:00:00.000Z', 'UTC', '2024-02'],
  ])('%s in %s is in %s', (at, zone, period) => {
    expect(periodOf(Date.parse(at), zone)).toBe(period);
  });

  it('counts months across years', () => {
    expect(addPeriods('2026-01', -1)).toBe('2025-12');
    expect(addPeriods('2026-11', 3)).toBe('2027-02');
    expect(periodsBetween('2025-11', '2026-02')).toEqual([
      '2025-11',
      '2025-12',
      '2026-01',
      '2026-02',
    ]);
    expect(periodsBetween('2026-01', '2026-01')).toEqual(['2026-01']);
    expect(periodsBetween('2026-02', '2026-01')).toEqual([]);
    expect(periodsBetween('2016-01', '2025-12')).toHaveLength(120);
  });

  it('is a month of the calendar', () => {
    for (const text of ['2026-01', '2026-12']) expect(PERIOD.test(text)).toBe(true);
    for (const text of ['2026-00', '2026-13', '2026-1', '26-01', '2026-01-01', '2026-01\n']) {
      expect(PERIOD.test(text)).toBe(false);
    }
  });
});

describe('a slug', () => {
  it.each([
    ['Gold, for Teams', 'gold-for-teams'],
    ['  Très Élégant! ', 'tres-elegant'],
    ['A--b__c', 'a-b-c'],
    ['100 %', '100'],
    ['金', ''],
    ['', ''],
  ])('of %j is %j', (name, slug) => {
    expect(slugify(name)).toBe(slug);
    expect(slug === '' || SLUG.test(slug)).toBe(true);
  });
});
