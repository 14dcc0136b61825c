import fc from 'fast-check';
import {
  access,
  reachOf,
  type AccessRule,
  type HeldGrant,
  type Reader,
} from '../../server/src/domain/access';

const NOW = Date.UTC(2026, 0, 15);
const DAY = 86_400_000;
const days = (count: number) => NOW + count * DAY;

const SILVER = 'silver';
const GOLD = 'gold';

const rule = (
  visibility: AccessRule['visibility'],
  more: Partial<AccessRule> = {}
): AccessRule => ({
  visibility,
  tiers: [],
  opensAt: null,
  dripDays: null,
  ...more,
});
const forTiers = (...tiers: string[]) => rule('tiers', { tiers });

const grant = (opens: string[], more: Partial<HeldGrant> = {}): HeldGrant => ({
  paid: true,
  opens,
  startsAt: days(-30),
  endsAt: null,
  revokedAt: null,
  ...more,
});

const visitor: Reader = { readAll: null, signedIn: false, suspended: false, grants: [] };
const user: Reader = { ...visitor, signedIn: true };
const holding = (...grants: HeldGrant[]): Reader => ({ ...user, grants });
const free = grant(['free'], { paid: false });
const silver = grant([SILVER]);
const gold = grant([GOLD, SILVER]);
const ended = grant([GOLD, SILVER], { endsAt: days(-1) });
const suspended: Reader = { ...holding(gold), suspended: true };
const staff: Reader = { ...user, readAll: 'staff' };
const token: Reader = { ...visitor, readAll: 'token' };

const cases: [string, AccessRule, Reader, string][] = [
  ['public, to a visitor', rule('public'), visitor, 'public'],
  ['public, to a suspended member', rule('public'), suspended, 'public'],
  ['public has no drip', rule('public', { dripDays: 9 }), visitor, 'public'],

  ['opened already', rule('paid', { opensAt: days(-1) }), visitor, 'open'],
  ['opens this very moment', rule('paid', { opensAt: NOW }), visitor, 'open'],
  ['opens tomorrow', rule('paid', { opensAt: days(1) }), visitor, '!anonymous'],
  ['opens tomorrow, a member is early', rule('paid', { opensAt: days(1) }), holding(gold), 'tier'],
  ['opens at no time anybody can read', rule('paid', { opensAt: NaN }), visitor, '!anonymous'],

  ['members, a visitor', rule('members'), visitor, '!anonymous'],
  ['members, no Member row', rule('members'), user, 'member'],
  ['members, an ended tier', rule('members'), holding(ended), 'member'],
  ['members, suspended', rule('members'), suspended, '!suspended'],

  ['paid, a visitor', rule('paid'), visitor, '!anonymous'],
  ['paid, no grant', rule('paid'), user, '!no-tier'],
  ['paid, a free tier', rule('paid'), holding(free), '!no-tier'],
  ['paid, a paid tier', rule('paid'), holding(silver), 'tier'],
  ['paid, a paid tier once', rule('paid'), holding(ended), '!expired'],
  ['paid, one ended and one not', rule('paid'), holding(ended, silver), 'tier'],

  ['a tier, another one', forTiers(GOLD), holding(silver), '!no-tier'],
  ['a tier, that one', forTiers(SILVER), holding(silver), 'tier'],
  ['a tier, one that includes it', forTiers(SILVER), holding(gold), 'tier'],
  ['one of two tiers', forTiers('bronze', SILVER), holding(silver), 'tier'],
  ['a free tier by name', forTiers('free'), holding(free), 'tier'],
  ['every tier of the rule deleted', forTiers(), holding(gold), '!no-tier'],
  ['every tier deleted, a visitor', forTiers(), visitor, '!anonymous'],

  ['ends this very moment', forTiers(GOLD), holding({ ...gold, endsAt: NOW }), '!expired'],
  ['ends a moment later', forTiers(GOLD), holding({ ...gold, endsAt: NOW + 1 }), 'tier'],
  ['revoked', forTiers(GOLD), holding({ ...gold, revokedAt: days(-1) }), '!expired'],
  ['to be revoked', forTiers(GOLD), holding({ ...gold, revokedAt: days(1) }), 'tier'],
  ['starts this very moment', forTiers(GOLD), holding({ ...gold, startsAt: NOW }), 'tier'],
  ['starts tomorrow', forTiers(GOLD), holding({ ...gold, startsAt: days(1) }), '!not-yet'],
  [
    'starts tomorrow, revoked',
    forTiers(GOLD),
    holding({ ...gold, startsAt: days(1), revokedAt: days(-1) }),
    '!no-tier',
  ],
  ['held since ever', forTiers(GOLD), holding({ ...gold, startsAt: null }), 'tier'],
  ['an end nobody can read', forTiers(GOLD), holding({ ...gold, endsAt: NaN }), '!expired'],

  ['drip reached', rule('paid', { dripDays: 30 }), holding(gold), 'tier'],
  ['drip not reached', rule('paid', { dripDays: 31 }), holding(gold), '!not-yet'],
  [
    'drip counts from the first grant of whatever tier',
    rule('paid', { dripDays: 31 }),
    holding(gold, grant(['free'], { paid: false, startsAt: days(-31), endsAt: days(-20) })),
    'tier',
  ],
  [
    'drip, held since ever',
    rule('paid', { dripDays: 999 }),
    holding({ ...gold, startsAt: null }),
    'tier',
  ],
  ['drip of no days', rule('paid', { dripDays: 0 }), holding(gold), 'tier'],
  ['drip for members, no grant to count from', rule('members', { dripDays: 1 }), user, '!not-yet'],
  [
    'drip does not hide that it expired',
    rule('paid', { dripDays: 99 }),
    holding(ended),
    '!expired',
  ],

  ['suspended comes before all', forTiers(GOLD), suspended, '!suspended'],
  ['staff', forTiers(GOLD), staff, 'staff'],
  ['staff by a closed rule', forTiers(), staff, 'staff'],
  [
    'staff, not kept by drip',
    rule('paid', { dripDays: 99 }),
    { ...staff, grants: [gold] },
    'staff',
  ],
  ['a token that reads all', forTiers(GOLD), token, 'token'],
  ['a token that does not is a visitor', forTiers(GOLD), visitor, '!anonymous'],
];

test.each(cases)('%s', (_name, asked, reader, expected) => {
  const granted = !expected.startsWith('!');
  expect(access(asked, reader, NOW)).toEqual({ granted, reason: expected.replace('!', '') });
});

describe('for any rule and reader', () => {
  const time = fc.option(fc.integer({ min: days(-60), max: days(60) }), { nil: null });
  const tiers = fc.uniqueArray(fc.constantFrom('free', SILVER, GOLD));
  const rules: fc.Arbitrary<AccessRule> = fc.record({
    visibility: fc.constantFrom('public', 'members', 'paid', 'tiers'),
    tiers,
    opensAt: time,
    dripDays: fc.option(fc.integer({ min: 0, max: 60 }), { nil: null }),
  });
  const grants: fc.Arbitrary<HeldGrant> = fc.record({
    paid: fc.boolean(),
    opens: tiers,
    startsAt: time,
    endsAt: time,
    revokedAt: time,
  });
  const readers: fc.Arbitrary<Reader> = fc.record({
    readAll: fc.constant(null),
    signedIn: fc.boolean(),
    suspended: fc.boolean(),
    grants: fc.array(grants, { maxLength: 4 }),
  });
  const may = (asked: AccessRule, reader: Reader, now = NOW) => access(asked, reader, now).granted;
  const check = <T extends unknown[]>(property: fc.IProperty<T>) => fc.assert(property);

  test('more grants never close', () => {
    check(
      fc.property(rules, readers, grants, (asked, reader, more) => {
        const richer = { ...reader, grants: [...reader.grants, more] };
        expect(may(asked, richer) || !may(asked, reader)).toBe(true);
      })
    );
  });

  test('who is not signed in, or suspended, reads what is open to all and nothing else', () => {
    check(
      fc.property(rules, readers, (asked, reader) => {
        fc.pre(!reader.signedIn || reader.suspended);
        const open =
          asked.visibility === 'public' || (asked.opensAt !== null && asked.opensAt <= NOW);
        expect(may(asked, reader)).toBe(open);
      })
    );
  });

  test('the reach of a reader is what the database is asked for', () => {
    check(
      fc.property(rules, readers, (asked, reader) => {
        const reach = reachOf(reader, NOW);
        const audience =
          asked.visibility === 'tiers'
            ? asked.tiers.some((tier) => reach.tiers.includes(tier))
            : reach.visibilities.some((met) => met === asked.visibility);
        const readable =
          asked.visibility === 'public' ||
          (asked.opensAt !== null && asked.opensAt <= NOW) ||
          ((asked.dripDays === null || asked.dripDays <= reach.dripDays) && audience);
        expect(readable).toBe(may(asked, reader));
      })
    );
  });

  test('an entry once open stays open', () => {
    check(
      fc.property(rules, readers, fc.integer({ min: 0, max: 90 }), (asked, reader, later) => {
        fc.pre(['public', 'open'].includes(access(asked, reader, NOW).reason));
        expect(may(asked, reader, days(later))).toBe(true);
      })
    );
  });

  test('the right to read everything reads everything', () => {
    check(
      fc.property(rules, readers, (asked, reader) => may(asked, { ...reader, readAll: 'token' }))
    );
  });
});
