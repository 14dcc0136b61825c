import type { Core } from '@strapi/strapi';
import Stripe from 'stripe';
import type { PromotionRefusal } from '../../../../contracts';
import { now } from '../../config';
import { refusalOf, type PromotionCodeFacts, type Purchase } from '../../domain/promotion';
import { badRequest, type RequestError } from '../../errors';
import {
  findMemberOfUser,
  productIdOf,
  table,
  type MemberRow,
  type PriceRow,
  type Scope,
} from '../../store';
import type { StripeAccess } from '../client';
import { findCustomer } from '../customers';
import { withCoupon } from '../promotions/fetch';

const WHY: Readonly<Record<PromotionRefusal, string>> = {
  'promotion-code-unknown': 'There is no such promotion code',
  'promotion-code-expired': 'This promotion code has expired',
  'promotion-code-used-up': 'This promotion code has been used up',
  'promotion-code-inactive': 'This promotion code is not active',
  'promotion-code-not-for-price': 'This promotion code is not for this price',
  'promotion-code-not-for-you': 'This promotion code is not for you',
  'promotion-code-refused': 'Stripe does not take this promotion code',
};

const refused = (code: PromotionRefusal): RequestError =>
  badRequest(WHY[code], { code, field: 'promotionCode' });

/** What Stripe allows in a code (docs.stripe.com/api/promotion_codes: `code`). */
const SHAPE = /^[a-z0-9-]+$/i;

/** "Customers without any successful payments or invoices", at Stripe or with us. */
const hasPaid = async (
  strapi: Core.Strapi,
  client: Stripe,
  scope: Scope,
  member: MemberRow | null,
  customer: string | null
): Promise<boolean> => {
  const where = { ...scope, member: member?.id, status: 'paid' };
  if (member && (await table(strapi, 'payment').count({ where })) > 0) return true;
  if (customer === null) return false;
  const invoices = await client.invoices.list({ customer, status: 'paid', limit: 1 });
  if (invoices.data.length > 0) return true;
  const charges = await client.charges.list({ customer, limit: 100 });
  return charges.data.some(({ paid }) => paid);
};

/**
 * The codes that are written so, in any case: one may be active for everybody and several for a
 * customer each; any number are no longer.
 */
const candidatesOf = async (client: Stripe, code: string): Promise<PromotionCodeFacts[]> => {
  if (!SHAPE.test(code)) return [];
  const { data } = await client.promotionCodes.list({ code, limit: 100 });
  const active = data.filter((one) => one.active);
  const wanted = active.length > 0 ? active : data.slice(0, 1);
  return Promise.all(wanted.map((one) => withCoupon(client, one)));
};

/**
 * What a session needs to know of a promotion code. Asked of Stripe at this moment: the mirror in our
 * tables may be late.
 *
 * @param code as the buyer typed it
 * @param price with its tier
 * @param user null: a guest
 * @throws RequestError 400 with `details.code` of `PromotionRefusal`
 */
export const discountOf = async (
  strapi: Core.Strapi,
  stripe: StripeAccess,
  code: string | undefined,
  price: PriceRow,
  user: { id: number } | null
): Promise<Pick<Stripe.Checkout.SessionCreateParams, 'discounts'>> => {
  if (code === undefined) return {};
  const client = stripe.client();
  const scope = await stripe.scope();
  const member = user && (await findMemberOfUser(strapi, user.id));
  const customer = member && (await findCustomer(strapi, scope, member));
  const purchase: Purchase = {
    product: price.tier ? productIdOf(price.tier, scope) : '',
    currency: price.currency,
    amount: Number(price.amount),
    customer,
  };

  const refusalFor = async (one: PromotionCodeFacts): Promise<PromotionRefusal | null> => {
    const refusal = refusalOf(one, purchase, now(strapi));
    if (refusal || !one.firstTimeTransaction) return refusal;
    const isReturning = await hasPaid(strapi, client, scope, member, customer);
    return isReturning ? 'promotion-code-not-for-you' : null;
  };

  let reason: PromotionRefusal = 'promotion-code-unknown';
  for (const one of await candidatesOf(client, code.trim())) {
    const refusal = await refusalFor(one);
    if (refusal === null) return { discounts: [{ promotion_code: one.stripeId }] };
    reason = refusal;
  }
  throw refused(reason);
};

/** Stripe's words for what it refuses; its error codes do not tell these apart. */
const WORDS: readonly (readonly [RegExp, PromotionRefusal])[] = [
  [/prior transactions|by this customer/i, 'promotion-code-not-for-you'],
  [/minimum|not apply|currency|cannot be applied/i, 'promotion-code-not-for-price'],
  [/expired/i, 'promotion-code-expired'],
  [/fully redeemed|max(imum)? redemptions/i, 'promotion-code-used-up'],
  [/not active|inactive|no such/i, 'promotion-code-inactive'],
];

/**
 * What Stripe refuses of a discount when the session is opened, as the same error as ours: a code may
 * be used up in between, and of a guest only Stripe finds out who they are.
 *
 * @returns any other error as it is
 */
export const asPromotionError = (error: unknown): unknown => {
  if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) return error;
  const isAboutCode =
    error.param?.startsWith('discounts') === true ||
    error.code === 'coupon_expired' ||
    /promotion code|coupon/i.test(error.message);
  if (!isAboutCode) return error;
  const [, code = 'promotion-code-refused'] =
    WORDS.find(([words]) => words.test(error.message)) ?? [];
  return refused(code);
};
