import type { FieldDifference } from '../../../../contracts';
import { getConfig, now } from '../../config';
import type { Change, GrantFacts, Known } from '../../domain/facts';
import { settle, type Settlement } from '../../domain/settle';
import type { WalkContext } from './walk';
import { toIsoOrNull } from '../../store';

const shown = (value: object): string => JSON.stringify(value);

const timesOf = ({ tier, endsAt, revokedAt, revokedReason }: Omit<GrantFacts, 'id'>) => ({
  tier,
  endsAt: toIsoOrNull(endsAt),
  revokedAt: toIsoOrNull(revokedAt),
  revokedReason,
});

/** The grants that a settlement would write, as differences of what they come from. */
const grantDifferences = (
  object: string,
  known: readonly GrantFacts[],
  { create, give, update, revoke }: Settlement['grants']
): FieldDifference[] => {
  const changed = known.flatMap((grant): FieldDifference[] => {
    const changes = [...update, ...revoke].filter(({ id }) => id === grant.id);
    if (changes.length === 0) return [];
    const after = changes.reduce<GrantFacts>((done, change) => ({ ...done, ...change }), grant);
    return [{ object, field: 'grant', here: shown(timesOf(grant)), stripe: shown(timesOf(after)) }];
  });
  const missing = [...create, ...give].map((grant): FieldDifference => ({
    object,
    field: 'grant',
    here: null,
    stripe: shown({ tier: grant.tier, endsAt: toIsoOrNull(grant.endsAt) }),
  }));
  return [...changed, ...missing];
};

/** Stripe tells of a trial's end by one event: what is on its way is given as long. Milliseconds. */
const ON_ITS_WAY = 2 * 3_600_000;

const isUntold = (
  known: Known,
  change: Change,
  settlement: Settlement,
  policy: Policy,
  at: number
) =>
  settlement.announcements.some(({ name }) => name === 'trial.ending') &&
  settle(known, change, policy, at - ON_ITS_WAY).announcements.some(
    ({ name }) => name === 'trial.ending'
  );

type Policy = Parameters<typeof settle>[2];

/** What a sync would write of a change beside the mirror: asked of the same rules, and not written. */
export const settlementOf = (
  { strapi }: Pick<WalkContext, 'strapi'>,
  object: string,
  known: Known,
  change: Change
): { settlement: Settlement; fields: FieldDifference[] } => {
  const { access } = getConfig(strapi);
  const at = now(strapi);
  const settlement = settle(known, change, access, at);
  const fields = grantDifferences(object, known.grants, settlement.grants);
  if (isUntold(known, change, settlement, access, at)) {
    const [ending] = change.subscriptions ?? [];
    const stripe = JSON.stringify(toIsoOrNull(ending?.trialEnd ?? null));
    fields.push({ object, field: 'trialEndingFor', here: null, stripe });
  }
  return { settlement, fields };
};
