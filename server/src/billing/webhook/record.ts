import type { Core } from '@strapi/strapi';
import { receive, type Scope } from '../../store';
import { keyOf, type StripeEvent } from './event';

/**
 * Stores an event for good, whichever way it came: a delivery and Stripe's list of events share the
 * inbox's unique index. One of another mode or a connected account is recorded and changes nothing.
 *
 * @param polled found in Stripe's list
 * @returns whether it is new, and whether there is work to do
 */
export const recordEvent = async (
  strapi: Core.Strapi,
  { account, livemode }: Scope,
  event: StripeEvent,
  polled = false
): Promise<{ isNew: boolean; work: boolean }> => {
  const isForeign =
    event.livemode !== livemode || (event.account !== null && event.account !== account);
  const key = isForeign ? null : keyOf(event);
  const isNew = await receive(strapi, {
    stripeId: event.id,
    account: event.account ?? account,
    livemode: event.livemode,
    type: event.type,
    key,
    polled,
  });
  if (isNew && event.type === 'account.application.deauthorized') {
    strapi.log.warn(
      `memberships: an application may no longer act for the Stripe account ${event.account ?? account} (${event.id}); if this site's key came from it, set another`
    );
  }
  return { isNew, work: isNew && key !== null };
};
