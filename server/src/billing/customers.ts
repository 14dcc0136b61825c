import type { Core } from '@strapi/strapi';
import Stripe from 'stripe';
import {
  ensurePayer,
  findPayer,
  retireCustomer,
  table,
  transaction,
  type MemberRow,
  type Scope,
} from '../store';
import type { StripeAccess } from './client';
import { isMissing } from './stripe-errors';

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

  const earlier = await table(strapi, 'customer').count({ where: { ...scope, member: member.id } });
  const { customers } = await stripe.writer();
  const { id } = await customers.create(
    { metadata: { member: member.documentId } },
    // Its number makes it another key for the customer after one that was deleted.
    { idempotencyKey: `memberships:customer:${member.documentId}:${earlier}` }
  );
  const email = member.user?.email ?? member.email;
  if (email) {
    await customers.update(id, { email, ...(member.name && { name: member.name }) });
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

/** Whether Stripe refused a request because the customer it named was deleted there. */
export const isCustomerMissing = (error: unknown): boolean =>
  isMissing(error) &&
  error instanceof Stripe.errors.StripeInvalidRequestError &&
  error.param === 'customer';

/** Before the event of its deletion: the member's next purchase takes another customer. */
export const retireCurrent = async (
  strapi: Core.Strapi,
  stripe: StripeAccess,
  member: MemberRow
): Promise<void> => {
  const scope = await stripe.scope();
  const current = await findCustomer(strapi, scope, member);
  const payer = current === null ? null : await findPayer(strapi, scope, current);
  if (payer) await transaction(strapi, () => retireCustomer(strapi, payer));
};
