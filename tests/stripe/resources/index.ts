import type { Route } from '../http/routes';
import { accountRoutes } from './account';
import { checkoutSessionRoutes } from './checkout-sessions';
import { couponRoutes, promotionCodeRoutes } from './coupons';
import { customerRoutes } from './customers';
import { eventRoutes } from './events';
import { invoiceRoutes } from './invoices';
import { paymentMethodRoutes } from './payment-methods';
import { paymentRoutes } from './payments';
import { portalRoutes } from './portal';
import { priceRoutes } from './prices';
import { productRoutes } from './products';
import { refundRoutes } from './refunds';
import { setupIntentRoutes } from './setup-intents';
import { subscriptionItemRoutes } from './subscription-items';
import { subscriptionRoutes } from './subscriptions';
import { testClockRoutes } from './test-clocks';
import { webhookEndpointRoutes } from './webhook-endpoints';

/** Every endpoint of Stripe's API the simulator answers. */
export const routes: Route[] = [
  ...accountRoutes,
  ...checkoutSessionRoutes,
  ...couponRoutes,
  ...customerRoutes,
  ...eventRoutes,
  ...invoiceRoutes,
  ...paymentMethodRoutes,
  ...paymentRoutes,
  ...portalRoutes,
  ...priceRoutes,
  ...productRoutes,
  ...promotionCodeRoutes,
  ...refundRoutes,
  ...setupIntentRoutes,
  ...subscriptionItemRoutes,
  ...subscriptionRoutes,
  ...testClockRoutes,
  ...webhookEndpointRoutes,
];
