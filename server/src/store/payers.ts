import type { Core } from '@strapi/strapi';
import { now } from '../config';
import type { Scope } from './known';
import type { CustomerRow } from './rows';
import { table } from './table';
import { toIso } from './time';

/** A Stripe customer, as far as we need one. */
export interface CustomerFacts {
  stripeId: string;
  email: string | null;
  name: string | null;
  /** `metadata.member`: the documentId we wrote when we made the customer. */
  member: string | null;
}

export type Payer = CustomerRow & { member: NonNullable<CustomerRow['member']> };

const hasMember = (row: CustomerRow | null): row is Payer => Boolean(row?.member);

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
  facts: CustomerFacts
): Promise<Payer> => {
  const known = await findPayer(strapi, scope, facts.stripeId);
  if (known) return known;

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
    await table(strapi, 'customer').create({
      data: {
        ...scope,
        stripeId: facts.stripeId,
        email: facts.email,
        current: true,
        member: member.id,
      },
    });
  }
  const payer = await findPayer(strapi, scope, facts.stripeId);
  if (!payer) throw new Error(`memberships: customer ${facts.stripeId} has no member`);
  return payer;
};
