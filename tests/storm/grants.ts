import type { Subscription } from '../stripe/types';
import { isOpen, personOf, type Books } from './books';
import type { Chronicle, Step } from './chronicle';
import type { Difference } from './compare';
import { repeatsTrial } from './entitled';
import type { Held } from './held';
import type { Row } from './protocol';
import { date, groupBy, iso, textAt } from './reading';
import type { Purchase } from './purchases';

type Wrong = (field: string, expected: unknown, found: unknown) => Difference;

const about =
  (id: string): Wrong =>
  (field, expected, found) => ({ of: 'grant', id, field, expected, found });

const same = (wrong: Wrong, field: string, expected: unknown, found: unknown): Difference[] =>
  expected === found ? [] : [wrong(field, expected, found)];

const timeOf = (value: unknown): number => Date.parse(String(iso(value)));

const tierOf = (grant: Row): string => String(textAt(grant.tier, 'slug'));

/** Withheld since the first dispute that is open began, or since the grant itself did. */
const compareRevocation = (wrong: Wrong, grant: Row, disputedSince: number[]): Difference[] => {
  const since = disputedSince.length > 0 ? Math.min(...disputedSince) * 1000 : null;
  const expected = since === null ? null : Math.max(since, timeOf(grant.startsAt));
  return [
    ...same(wrong, 'revokedAt', expected && iso(expected), iso(grant.revokedAt)),
    ...same(wrong, 'revokedReason', expected && 'dispute', grant.revokedReason ?? null),
  ];
};

/** The first of a subscription begin with it; a second trial gives nothing, and what is paid does. */
const beginningsOf = (books: Books, one: Subscription): (string | null)[] => {
  const repeats = repeatsTrial(one, books.subscriptionsOf(one.customer));
  // Of two trials, the site may have met the second first.
  return repeats ? [date(one.trial_end), date(one.start_date)] : [date(one.start_date)];
};

/** When a grant may end: with its subscription, with its grace, or once the site saw that it was over. */
const compareEnd = (wrong: Wrong, grant: Row, one: Subscription, steps: readonly Step[]) => {
  const [start, end] = [timeOf(grant.startsAt), iso(grant.endsAt)];
  const over = one.ended_at === null ? null : Math.max(one.ended_at * 1000, start);
  if (end === null) return over === null ? [] : [wrong('endsAt', iso(over), null)];
  const gives = (step: Step) => step.entitled.tiers.includes(tierOf(grant));
  const ends = Date.parse(end);
  if (ends === over || steps.some((step) => gives(step) && step.entitled.until === end)) return [];
  const begun = steps.findIndex(gives);
  const seen = steps.some((step, index) => index > begun && !gives(step) && step.at <= ends);
  const isLate = over !== null && ends > over;
  return seen && !isLate ? [] : [wrong('endsAt', iso(over) ?? 'when it gave it no more', end)];
};

const compareOne = (
  books: Books,
  one: Subscription,
  steps: readonly Step[],
  grants: readonly Row[]
): Difference[] => {
  const disputes = books
    .invoicesOf(one.id)
    .flatMap(({ id }) => books.disputesOf(books.chargesOf(id)))
    .filter(isOpen)
    .map(({ created }) => created);
  const beginnings = beginningsOf(books, one);
  const last = new Map<string, number>();
  return grants.flatMap((grant, index) => {
    const wrong = about(one.id);
    const tier = tierOf(grant);
    const start = iso(grant.startsAt);
    const first = steps.find(({ entitled }) => entitled.tiers.includes(tier));
    if (!first) return [wrong('tier', 'never held', tier)];
    const begins = beginnings.includes(start);
    const isFirst = index === 0 && !begins;
    const isEarly = !begins && timeOf(start) < first.at;
    const overlaps = timeOf(start) < (last.get(tier) ?? -Infinity);
    last.set(tier, grant.endsAt === null ? Infinity : timeOf(grant.endsAt));
    const person = personOf(books.tables.customers, one.customer);
    return [
      ...(isFirst ? [wrong('startsAt', beginnings.join(' or '), start)] : []),
      ...(isEarly ? [wrong('startsAt', `from ${iso(first.at)} on`, start)] : []),
      ...(overlaps ? [wrong('startsAt', 'after the one before ended', start)] : []),
      ...(person === one.customer
        ? []
        : same(wrong, 'member', person, textAt(grant.member, 'documentId'))),
      ...compareEnd(wrong, grant, one, steps),
      ...compareRevocation(wrong, grant, disputes),
    ];
  });
};

const comparePurchase = (
  books: Books,
  { session, tier, paidAt }: Purchase,
  grants: readonly Row[]
): Difference[] => {
  const wrong = about(session.id);
  const [grant] = grants;
  if (!grant || grants.length > 1) return [wrong(tier, 'one grant', grants.length)];
  const disputes = books
    .disputesOf(books.chargesOfIntent(session.payment_intent ?? ''))
    .filter(isOpen)
    .map(({ created }) => created);
  const person = session.metadata?.member;
  return [
    ...same(wrong, 'endsAt', null, grant.endsAt ?? null),
    ...(timeOf(grant.startsAt) < paidAt * 1000
      ? [wrong('startsAt', `from ${date(paidAt)} on`, iso(grant.startsAt))]
      : []),
    ...(person ? same(wrong, 'member', person, textAt(grant.member, 'documentId')) : []),
    ...compareRevocation(wrong, grant, disputes),
  ];
};

/** Every grant there is, the ended ones too: why, from when, until when. */
export const compareGrants = (
  books: Books,
  chronicle: Chronicle,
  purchases: ReadonlyMap<string, Purchase>,
  { grants }: Held
): Difference[] => {
  const ofSubscription = groupBy(
    grants.filter(({ source }) => source === 'subscription'),
    (grant) => String(textAt(grant.subscription, 'stripeId'))
  );
  const bought = groupBy(
    grants.filter(({ source }) => source === 'purchase'),
    (grant) => `${String(grant.reference).split(':')[0]} ${tierOf(grant)}`
  );
  const unknown = [
    ...[...ofSubscription.keys()].filter((id) => !books.tables.subscriptions.get(id)),
    ...[...bought.keys()].filter((id) => !purchases.has(id)),
    ...grants
      .filter(({ source }) => source !== 'subscription' && source !== 'purchase')
      .map(({ id, source }) => `${id} ${String(source)}`),
  ];
  return [
    ...unknown.map((id) => about(id)('*', 'no grant', 'a grant')),
    ...books.tables.subscriptions
      .all()
      .flatMap((one) =>
        compareOne(books, one, chronicle.of(one.id), ofSubscription.get(one.id) ?? [])
      ),
    ...[...purchases].flatMap(([id, purchase]) =>
      comparePurchase(books, purchase, bought.get(id) ?? [])
    ),
  ];
};
