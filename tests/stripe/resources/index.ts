import type { Route } from '../http/routes';
import { accountRoutes } from './account';
import { balanceRoutes } from './balance';
import { chargeRoutes } from './charges';
import { checkoutSessionRoutes } from './checkout-sessions';
import { couponRoutes, promotionCodeRoutes } from './coupons';
import { creditNoteRoutes } from './credit-notes';
import { customerBalanceRoutes } from './customer-balances';
import { customerSessionRoutes } from './customer-sessions';
import { paymentLinkRoutes } from './payment-links';
import { paymentPageRoutes } from './payment-pages';
import { meterRoutes } from './meters';
import { quoteRoutes } from './quotes';
import { shippingRateRoutes } from './shipping-rates';
import { sourceRoutes } from './sources';
import { taxIdRoutes } from './tax-ids';
import { taxRateRoutes } from './tax-rates';
import { upcomingInvoiceRoutes } from './upcoming-invoices';
import { customerRoutes } from './customers';
import { disputeRoutes } from './disputes';
import { entitlementRoutes } from './entitlements';
import { eventRoutes } from './events';
import { invoiceActionRoutes } from './invoice-actions';
import { invoiceItemRoutes } from './invoice-items';
import { invoiceRoutes } from './invoices';
import { paymentMethodRoutes } from './payment-methods';
import { paymentIntentRoutes } from './payment-intents';
import { planRoutes } from './plans';
import { portalRoutes } from './portal';
import { priceRoutes } from './prices';
import { productRoutes } from './products';
import { refundRoutes } from './refunds';
import { setupIntentRoutes } from './setup-intents';
import { subscriptionItemRoutes } from './subscription-items';
import { subscriptionScheduleRoutes } from './subscription-schedules';
import { subscriptionRoutes } from './subscriptions';
import { testClockRoutes } from './test-clocks';
import { webhookEndpointRoutes } from './webhook-endpoints';

/** Every endpoint of Stripe's API the simulator answers. */
export const routes: Route[] = [
  ...accountRoutes,
  ...balanceRoutes,
  ...chargeRoutes,
  ...checkoutSessionRoutes,
  ...couponRoutes,
  ...creditNoteRoutes,
  ...customerBalanceRoutes,
  ...customerSessionRoutes,
  ...meterRoutes,
  ...paymentLinkRoutes,
  ...paymentPageRoutes,
  ...quoteRoutes,
  ...sourceRoutes,
  ...shippingRateRoutes,
  ...taxIdRoutes,
  ...taxRateRoutes,
  ...upcomingInvoiceRoutes,
  ...customerRoutes,
  ...disputeRoutes,
  ...entitlementRoutes,
  ...eventRoutes,
  ...invoiceActionRoutes,
  ...invoiceItemRoutes,
  ...invoiceRoutes,
  ...paymentMethodRoutes,
  ...paymentIntentRoutes,
  ...planRoutes,
  ...portalRoutes,
  ...priceRoutes,
  ...productRoutes,
  ...promotionCodeRoutes,
  ...refundRoutes,
  ...setupIntentRoutes,
  ...subscriptionItemRoutes,
  ...subscriptionScheduleRoutes,
  ...subscriptionRoutes,
  ...testClockRoutes,
  ...webhookEndpointRoutes,
];
