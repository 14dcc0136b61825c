import fc from 'fast-check';
import { churnMonths, churnReasons, type MemberChange } from '../../server/src/domain/churn';
import { heldTiers } from '../../server/src/domain/held';
import { periodsBetween } from '../../server/src/domain/period';

const change = (
  period: string,
  direction: -1 | 0 | 1,
  count = 1,
  reason: string | null = null
): MemberChange => ({ period, change: direction, count, reason });

describe('churn by month', () => {
  it('carries the end of a month to the start of the next, earlier months too', () => {
    const changes = [
      change('2025-03', 1, 40),
      change('2025-11', -1, 10, 'unused'),
      change('2026-01', 1, 5),
      change('2026-01', -1, 3, 'unused'),
      change('2026-02', -1, 8, 'too_expensive'),
    ];
    expect(churnMonths(changes, periodsBetween('2026-01', '2026-03'))).toEqual([
      { month: '2026-01', start: 30, joined: 5, left: 3, end: 32, churnRate: 0.1 },
      { month: '2026-02', start: 32, joined: 0, left: 8, end: 24, churnRate: 0.25 },
      { month: '2026-03', start: 24, joined: 0, left: 0, end: 24, churnRate: 0 },
    ]);
  });

  it('has no rate where nobody was', () => {
    expect(churnMonths([], ['2026-01'])).toEqual([
      { month: '2026-01', start: 0, joined: 0, left: 0, end: 0, churnRate: null },
    ]);
    const [first] = churnMonths([change('2026-01', 1, 5)], ['2026-01']);
    expect(first?.churnRate).toBeNull();
  });

  it('counts who leaves and returns within a month as neither', () => {
    expect(churnMonths([change('2025-01', 1), change('2026-01', 0)], ['2026-01'])).toEqual([
      { month: '2026-01', start: 1, joined: 0, left: 0, end: 1, churnRate: 0 },
    ]);
  });

  it('always adds up', () => {
    const changes = fc.array(
      fc.record({
        period: fc.constantFrom(...periodsBetween('2025-06', '2026-06')),
        change: fc.constantFrom(-1 as const, 0 as const, 1 as const),
        reason: fc.constantFrom('unused', null),
        count: fc.integer({ min: 1, max: 100 }),
      })
    );
    fc.assert(
      fc.property(changes, (all) => {
        const months = churnMonths(all, periodsBetween('2025-09', '2026-06'));
        months.forEach(({ start, joined, left, end }, index) => {
          expect(end).toBe(start + joined - left);
          if (index > 0) expect(start).toBe(months[index - 1]?.end);
        });
        const reasons = churnReasons(all, periodsBetween('2025-09', '2026-06'));
        const shares = reasons.reduce((sum, { share }) => sum + share, 0);
        if (reasons.length > 0) expect(shares).toBeCloseTo(1);
        expect(reasons.reduce((sum, { count }) => sum + count, 0)).toBe(
          months.reduce((sum, { left }) => sum + left, 0)
        );
      })
    );
  });

  it('tells the reasons of those who left, the commonest first', () => {
    const changes = [
      change('2025-12', -1, 50, 'too_expensive'),
      change('2026-01', -1, 1, 'unused'),
      change('2026-01', -1, 2, null),
      change('2026-02', -1, 5, 'unused'),
      change('2026-02', 1, 9),
    ];
    expect(churnReasons(changes, ['2026-01', '2026-02'])).toEqual([
      { reason: 'unused', count: 6, share: 0.75 },
      { reason: 'unknown', count: 2, share: 0.25 },
    ]);
    expect(churnReasons([], ['2026-01'])).toEqual([]);
  });
});

describe('the tiers somebody holds', () => {
  const tier = (slug: string) => ({ documentId: slug, name: slug, slug });
  const [gold, silver, bronze] = [tier('gold'), tier('silver'), tier('bronze')];
  const inclusions = new Map([
    ['gold', [silver]],
    ['silver', [bronze]],
  ]);

  it('are their own and what those include, to any depth', () => {
    const held = heldTiers([{ tier: gold, source: 'subscription', endsAt: 5 }], inclusions);
    expect(held).toEqual([
      { tier: gold, sources: ['subscription'], until: 5, includedBy: null },
      { tier: silver, sources: ['subscription'], until: 5, includedBy: gold },
      { tier: bronze, sources: ['subscription'], until: 5, includedBy: gold },
    ]);
  });

  it('last until the last of their grants ends', () => {
    const held = (...ends: (number | null)[]) =>
      heldTiers(
        ends.map((endsAt) => ({ tier: bronze, source: 'purchase' as const, endsAt })),
        inclusions
      )[0]?.until;
    expect([held(5, 9), held(9, 5), held(5, null), held(null, 5)]).toEqual([9, 9, null, null]);
  });

  it('end in a circle', () => {
    const circle = new Map([
      ['gold', [silver]],
      ['silver', [gold]],
    ]);
    const held = heldTiers([{ tier: gold, source: 'gift', endsAt: null }], circle);
    expect(held.map(({ tier: { slug } }) => slug)).toEqual(['gold', 'silver']);
  });

  it('outlast the grant of a tier that includes them by a grant of their own', () => {
    const held = heldTiers(
      [
        { tier: gold, source: 'subscription', endsAt: null },
        { tier: silver, source: 'gift', endsAt: 5 },
      ],
      inclusions
    );
    expect(held.find(({ tier: { slug } }) => slug === 'silver')).toMatchObject({ until: null });
  });
});
