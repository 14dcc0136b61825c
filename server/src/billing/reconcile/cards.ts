import type Stripe from 'stripe';
import { alignDefaults } from '../../domain/customer';
import { isOver } from '../../domain/status';
import { isMembership } from '../../domain/trials';
import type { Drift, KnownMember, Payer } from '../../store';
import { idOf } from '../readers/common';
import { readDefaultCard } from '../readers/customer';
import { differencesOf } from './differences';
import type { WalkContext } from './walk';

/** The live subscriptions of ours that a customer pays for, as far as they are known here. */
const liveOf = ({ subscriptions }: KnownMember, payer: Payer): (string | null)[] =>
  subscriptions
    .filter(
      ({ customer, items, status }) =>
        customer?.id === payer.id && isMembership({ items: items ?? [] }) && !isOver(status)
    )
    .map(({ stripeId }) => stripeId);

/** Of which object another payment method is to be the default, and which. */
interface Choice {
  object: string;
  here: string | null;
  stripe: string | null;
}

/** What a sync would make of the card that is known, the customer's and the subscription's. */
const choiceOf = (
  customer: string,
  subscription: string,
  cards: { known: string | null; theirs: string | null; own: string | null }
): Choice | null => {
  const { known, theirs, own } = cards;
  if (theirs === null && own === known) return null;
  const gone = { object: customer, here: known, stripe: null };
  // Whatever was paid with is there no more, and the customer's own page has nothing to compare.
  if (theirs === null && own === null) return gone;
  const changes = alignDefaults(known, {
    customer: theirs,
    subscriptions: [{ stripeId: subscription, method: own }],
  });
  if (changes.customer !== null) return { object: customer, here: theirs, stripe: own };
  return changes.subscriptions.length > 0
    ? { object: subscription, here: own, stripe: theirs }
    : null;
};

/**
 * The customer whose card and whose subscription's card a sync would make one. Of several that are paid
 * for at once a page may hold only some; whose choice counts is then left to their events.
 *
 * @param one listed with its customer and its payment method
 */
export const cardDrifts = (
  { isWritable }: Pick<WalkContext, 'isWritable'>,
  one: Stripe.Subscription,
  payer: Payer,
  member: KnownMember
): Drift[] => {
  const { customer } = one;
  if (!isWritable || typeof customer === 'string' || customer.deleted || isOver(one.status)) {
    return [];
  }
  const [only, ...others] = liveOf(member, payer);
  if (only !== one.id || others.length > 0) return [];
  const choice = choiceOf(customer.id, one.id, {
    known: payer.defaultPaymentMethod,
    theirs: readDefaultCard(customer)?.method ?? null,
    own: idOf(one.default_payment_method),
  });
  if (!choice) return [];
  const fields = differencesOf(
    choice.object,
    { defaultPaymentMethod: choice.here },
    { defaultPaymentMethod: choice.stripe }
  );
  return [{ key: customer.id, kind: 'differs', fields }];
};
