import type Stripe from 'stripe';
import { route, type Route } from '../http/routes';
import { token } from '../store/ids';
import { need } from '../world';

/** What a page of the shop gets to show one customer's things; nothing is kept of it. */
export const customerSessionRoutes: Route[] = [
  route<Stripe.CustomerSessionCreateParams>('POST /v1/customer_sessions', ({ world, params }) => {
    const customer = need(world, (tables) => tables.customers, params.customer ?? '', 'customer');
    const now = world.now(customer.test_clock);
    const { buy_button, payment_element, pricing_table } = params.components;
    const off = { enabled: false };
    return {
      object: 'customer_session',
      client_secret: `_${token(48)}`,
      components: {
        active_entitlements: off,
        buy_button: { enabled: buy_button?.enabled ?? false },
        customer_portal: off,
        customer_sheet: { ...off, features: null },
        mobile_payment_element: { ...off, features: null },
        payment_element: { enabled: payment_element?.enabled ?? false, features: null },
        pricing_table: { enabled: pricing_table?.enabled ?? false },
      },
      created: now,
      customer: customer.id,
      customer_account: null,
      expires_at: now + 1800,
      livemode: world.livemode,
    };
  }),
];
