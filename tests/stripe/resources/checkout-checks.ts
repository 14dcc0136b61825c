import { invalid, missingParam } from '../http/errors';
import type { Price } from '../types';
import { need, type World } from '../world';
import type { Given } from './checkout-building';

const halfHour = 1800;
const day = 86_400;

/** What Stripe refuses of a Checkout Session before it looks at its prices. */
export function checkSession(world: World, given: Given, mode: string): void {
  if (mode !== 'setup' && !given.line_items?.length) throw missingParam('line_items');
  const embedded = given.ui_mode !== undefined && given.ui_mode !== 'hosted_page';
  if (!given.success_url && !embedded) throw missingParam('success_url');
  for (const [param, value] of [
    ['success_url', given.success_url],
    ['cancel_url', given.cancel_url],
  ]) {
    if (param && value !== undefined && !URL.canParse(value)) {
      throw invalid('Not a valid URL', param, 'url_invalid');
    }
  }
  const oneOf = (a: string, b: string, param: string) =>
    invalid(`You may only specify one of these parameters: ${a}, ${b}.`, param);
  if (given.customer && given.customer_email) {
    throw oneOf('customer', 'customer_email', 'customer_email');
  }
  if (given.allow_promotion_codes && given.discounts) {
    throw oneOf('allow_promotion_codes', 'discounts', 'discounts');
  }
  if (given.subscription_data && mode !== 'subscription') {
    throw invalid(
      `You can not pass \`subscription_data\` in \`${mode}\` mode.`,
      'subscription_data'
    );
  }
  if (given.payment_intent_data && mode !== 'payment') {
    throw invalid(
      `You can not pass \`payment_intent_data\` in \`${mode}\` mode.`,
      'payment_intent_data'
    );
  }
  if (given.customer) need(world, (tables) => tables.customers, given.customer, 'customer');
  const now = world.now();
  const expires = given.expires_at;
  if (expires !== undefined && (expires < now + halfHour || expires > now + day)) {
    throw invalid(
      'The `expires_at` timestamp must be at least 30 minutes and at most 24 hours from Checkout Session creation.',
      'expires_at'
    );
  }
}

/** Which prices a mode sells: one-time prices come onto a subscription's first invoice. */
export function checkPrices(prices: Price[], mode: string): void {
  if (mode === 'payment' && prices.some((price) => price.recurring)) {
    throw invalid(
      'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.',
      'mode'
    );
  }
  if (mode === 'subscription' && !prices.some((price) => price.recurring)) {
    throw invalid(
      'You must provide at least one recurring price in `subscription` mode when using prices.',
      'line_items'
    );
  }
}
