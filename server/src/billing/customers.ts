import type { Core } from '@strapi/strapi';
import { ensurePayer, table, transaction, type MemberRow, type Scope } from '../store';
import type { StripeAccess } from './client';

/** The member's current Stripe customer in this account and mode, if one was made. */
export const findCustomer = async (
  strapi: Core.Strapi,
  scope: Scope,
  member: MemberRow
): Promise<string | null> => {
  const row = await table(strapi, 'customer').findOne({
    where: { ...scope, member: member.id, current: true },
    orderBy: { id: 'desc' },
  });
  return row?.stripeId ?? null;
};

/**
 * The member's Stripe customer, made once whatever clicks twice: the idempotency key and the
 * parameters are the member's alone, so two requests at once get the same customer from Stripe, and
 * the row has a unique index. The e-mail follows in a request of its own, because a key whose
 * parameters changed would be refused (docs.stripe.com/api/idempotent_requests).
 *
 * @returns Stripe's id (`cus_…`)
 */
export const ensureCustomer = async (
  strapi: Core.Strapi,
  stripe: StripeAccess,
  member: MemberRow
): Promise<string> => {
  const scope = await stripe.scope();
  const known = await findCustomer(strapi, scope, member);
  if (known) return known;

  const { id } = await stripe
    .client()
    .customers.create(
      { metadata: { member: member.documentId } },
      { idempotencyKey: `memberships:customer:${member.documentId}` }
    );
  const email = member.user?.email ?? member.email;
  if (email) {
    await stripe
      .client()
      .customers.update(id, { email, ...(member.name && { name: member.name }) });
  }
  await transaction(strapi, () =>
    ensurePayer(strapi, scope, {
      stripeId: id,
      email,
      name: member.name,
      member: member.documentId,
    })
  );
  return id;
};
