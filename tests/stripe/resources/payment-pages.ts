import { completeCheckout } from '../engine/checkout';
import { cardError, invalid } from '../http/errors';
import type { Route } from '../http/routes';
import type { CheckoutSession } from '../types';
import { need, type World } from '../world';

/**
 * What Checkout's own page asks of Stripe: no part of the API, so that the library does not know it,
 * but the CLI's recipes pay with it.
 */
export const paymentPageRoutes: Route[] = [
  {
    verb: 'GET',
    segments: ['v1', 'payment_pages', '{session}'],
    run: (world, [id = '']) => find(world, id),
  },
  {
    verb: 'POST',
    segments: ['v1', 'payment_pages', '{session}', 'confirm'],
    run: (world, [id = ''], raw) => {
      const session = find(world, id);
      const given = new Map(Object.entries(typeof raw === 'object' && raw !== null ? raw : {}));
      if (Number(given.get('expected_amount')) !== session.amount_total) {
        throw invalid('The amount has changed.', 'expected_amount');
      }
      const named = String(given.get('payment_method'));
      const method = need(world, (tables) => tables.paymentMethods, named, 'payment_method');
      const { email, name } = method.billing_details;
      const done = completeCheckout(world, id, {
        method,
        ...(email ? { email } : {}),
        ...(name ? { name } : {}),
      });
      if (done.outcome === 'paid') return done.session;
      throw cardError({ code: 'card_declined', message: done.message });
    },
  },
];

function find(world: World, id: string): CheckoutSession {
  return need(world, (tables) => tables.checkoutSessions, id);
}
