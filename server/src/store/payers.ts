import type { Core } from '@strapi/strapi';
import { now } from '../config';
import type { CardFacts, CustomerFacts } from '../domain/customer';
import { isOver } from '../domain/status';
import { isMembership } from '../domain/trials';
import { lockMember, toPrior, type Scope } from './known';
import type { CustomerRow } from './rows';
import { table } from './table';
import { toIso } from './time';

/** What makes a payer known; a checkout tells no more. */
export type PayerFacts = Pick<CustomerFacts, 'stripeId' | 'email' | 'name' | 'member'> &
  Partial<Pick<CustomerFacts, 'deleted' | 'card'>>;

export type Payer = CustomerRow & { member: NonNullable<CustomerRow['member']> };

const hasMember = (row: CustomerRow | null): row is Payer => Boolean(row?.member);

const cardData = (card: CardFacts | null) => ({
  cardBrand: card?.brand ?? null,
  cardLast4: card?.last4 ?? null,
  cardExpMonth: card?.expMonth ?? null,
  cardExpYear: card?.expYear ?? null,
  defaultPaymentMethod: card?.method ?? null,
});

/** The mirrored customer and its member, or null when Stripe's customer is none of ours. */
export const findPayer = async (
  strapi: Core.Strapi,
  scope: Scope,
  stripeId: string
): Promise<Payer | null> => {
  const row = await table(strapi, 'customer').findOne({
    where: { ...scope, stripeId },
    populate: { member: { populate: ['user'] } },
  });
  return hasMember(row) ? row : null;
};

/**
 * The member behind a Stripe customer; an unlinked one is made for a customer nobody knows. An
 * e-mail never links: only the user id, or a customer that carries our own mark, says who it is.
 * Call it inside a transaction.
 */
export const ensurePayer = async (
  strapi: Core.Strapi,
  scope: Scope,
  facts: PayerFacts
): Promise<Payer> => {
  const known = await findPayer(strapi, scope, facts.stripeId);
  if (known) {
    // The first look at what they pay with; from then on the customer's own events tell.
    if (known.defaultPaymentMethod === null && facts.card) {
      await table(strapi, 'customer').update({
        where: { id: known.id },
        data: cardData(facts.card),
      });
    }
    return known;
  }

  const marked =
    facts.member === null
      ? null
      : await table(strapi, 'member').findOne({ where: { documentId: facts.member } });
  const member =
    marked ??
    (await table(strapi, 'member').create({
      // As users-permissions keeps it, so that one person is found under one spelling.
      data: {
        email: facts.email?.toLowerCase(),
        name: facts.name,
        joinedAt: toIso(now(strapi)),
      },
    }));
  const row = await table(strapi, 'customer').findOne({
    where: { ...scope, stripeId: facts.stripeId },
  });
  if (row) {
    await table(strapi, 'customer').update({ where: { id: row.id }, data: { member: member.id } });
  } else {
    await lockMember(strapi, member.id);
    const current = { ...scope, member: member.id, current: true };
    await table(strapi, 'customer').create({
      data: {
        ...scope,
        stripeId: facts.stripeId,
        email: facts.email,
        name: facts.name,
        ...cardData(facts.card ?? null),
        deleted: facts.deleted === true,
        current:
          !facts.deleted && (await table(strapi, 'customer').count({ where: current })) === 0,
        member: member.id,
      },
    });
  }
  const payer = await findPayer(strapi, scope, facts.stripeId);
  if (!payer) throw new Error(`memberships: customer ${facts.stripeId} has no member`);
  return payer;
};

/** Stripe's ids of the memberships that a customer pays for and that are not over. */
export const findMemberships = async (strapi: Core.Strapi, { id }: Payer): Promise<string[]> => {
  const rows = await table(strapi, 'subscription').findMany({ where: { customer: id } });
  return rows
    .map(toPrior)
    .filter((one) => isMembership(one) && !isOver(one.status))
    .map(({ stripeId }) => stripeId);
};

/** The columns of a customer that Stripe knows; they never say who that is. */
export const customerData = ({ email, name, card, discount }: CustomerFacts) => ({
  email,
  name,
  ...cardData(card),
  discount,
  deleted: false,
});

/** What Stripe says of a customer now: a member keeps their own e-mail. */
export const followCustomer = async (
  strapi: Core.Strapi,
  { id }: Payer,
  facts: CustomerFacts
): Promise<void> => {
  await table(strapi, 'customer').update({ where: { id }, data: customerData(facts) });
};

/**
 * A customer that was deleted at Stripe stays for its history. Another of the member's takes its
 * place, one that pays first; without one the next purchase makes it. Call it inside a transaction.
 */
export const retireCustomer = async (strapi: Core.Strapi, payer: Payer): Promise<void> => {
  await lockMember(strapi, payer.member.id);
  await table(strapi, 'customer').update({
    where: { id: payer.id },
    data: { current: false, deleted: true, ...cardData(null), discount: null },
  });
  const { account, livemode } = payer;
  const where = { account, livemode, member: payer.member.id };
  const all = await table(strapi, 'customer').findMany({ where, orderBy: { id: 'desc' } });
  const left = all.filter(({ id, deleted }) => id !== payer.id && deleted !== true);
  if (left.some(({ current }) => current)) return;
  const subscriptions = await table(strapi, 'subscription').findMany({
    where: { customer: { id: { $in: left.map(({ id }) => id) } } },
    populate: ['customer'],
  });
  const paying = subscriptions.filter(({ status }) => !isOver(status));
  const next =
    left.find(({ id }) => paying.some(({ customer }) => customer?.id === id)) ?? left.at(0);
  if (!next) return;
  await table(strapi, 'customer').update({ where: { id: next.id }, data: { current: true } });
};
