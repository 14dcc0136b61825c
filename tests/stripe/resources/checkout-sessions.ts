import type Stripe from 'stripe';
import { expireSession } from '../engine/happenings';
import { change, create } from '../events/record';
import { invalid } from '../http/errors';
import { inRange, listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import { isFields } from '../versions/untyped';
import { need, type World } from '../world';
import { buildSession, type OlderTypes } from './checkout-building';
import { metadata, textsParam } from './fields';

const sessions = (world: World) => world.tables.checkoutSessions;
const url = '/v1/checkout/sessions';

/** What the ways to show a session were called before. */
const modes = new Map([
  ['hosted', 'hosted_page'],
  ['embedded', 'embedded_page'],
  ['custom', 'elements'],
]);

function withMode(_world: World, raw: unknown): unknown {
  if (!isFields(raw) || typeof raw.ui_mode !== 'string') return raw;
  return { ...raw, ui_mode: modes.get(raw.ui_mode) ?? raw.ui_mode };
}

export const checkoutSessionRoutes: Route[] = [
  route<Stripe.Checkout.SessionCreateParams & OlderTypes>(
    'POST /v1/checkout/sessions',
    ({ world, params }) => {
      const { session, plan, lineItems } = buildSession(world, params);
      world.checkoutPlans.set(session.id, plan);
      world.lineItems.set(session.id, lineItems);
      // Stripe has no event for a session that was only opened.
      return create(world, sessions(world), session);
    },
    { payment_method_types: textsParam },
    withMode
  ),

  route<Stripe.Checkout.SessionListParams>('GET /v1/checkout/sessions', ({ world, params }) => {
    const email = params.customer_details?.email;
    const rows = sessions(world)
      .newestFirst()
      .filter(
        (row) =>
          (params.customer === undefined || row.customer === params.customer) &&
          (params.status === undefined || row.status === params.status) &&
          (params.subscription === undefined || row.subscription === params.subscription) &&
          (params.payment_intent === undefined || row.payment_intent === params.payment_intent) &&
          (email === undefined || row.customer_details?.email === email) &&
          inRange(row.created, params.created)
      );
    return listPage(rows, url, params);
  }),

  route<Stripe.Checkout.SessionRetrieveParams>(
    'GET /v1/checkout/sessions/{session}',
    ({ world, id }) => need(world, (tables) => tables.checkoutSessions, id)
  ),

  route<Stripe.Checkout.SessionUpdateParams>(
    'POST /v1/checkout/sessions/{session}',
    ({ world, id, params }) => {
      const was = need(world, (tables) => tables.checkoutSessions, id);
      return change(world, sessions(world), id, {
        metadata: metadata(params.metadata, was.metadata ?? {}),
      });
    }
  ),

  route<Stripe.Checkout.SessionExpireParams>(
    'POST /v1/checkout/sessions/{session}/expire',
    ({ world, id }) => {
      const session = need(world, (tables) => tables.checkoutSessions, id);
      if (session.status !== 'open') {
        throw invalid(
          `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`
        );
      }
      return expireSession(world, session);
    }
  ),

  route<Stripe.Checkout.SessionListLineItemsParams>(
    'GET /v1/checkout/sessions/{session}/line_items',
    ({ world, id, params }) => {
      need(world, (tables) => tables.checkoutSessions, id);
      return listPage(world.lineItems.get(id) ?? [], `${url}/${id}/line_items`, params);
    }
  ),
];
