import type * as t from '../types';
import { Collection } from './collection';

/** Everything one mode (test or live) of the account holds. */
export function createTables(onPut: (row: t.AnyObject) => void) {
  const table = <Row extends t.AnyObject>(label: string) => new Collection<Row>(label, onPut);
  return {
    balanceTransactions: table<t.BalanceTransaction>('balance transaction'),
    charges: table<t.Charge>('charge'),
    checkoutSessions: table<t.CheckoutSession>('checkout.session'),
    coupons: table<t.Coupon>('coupon'),
    creditNotes: table<t.CreditNote>('credit_note'),
    customerBalances: table<t.CustomerBalance>('customer balance transaction'),
    customers: table<t.Customer>('customer'),
    discounts: table<t.Discount>('discount'),
    disputes: table<t.Dispute>('dispute'),
    entitlementFeatures: table<t.EntitlementFeature>('entitlements feature'),
    events: table<t.EventRecord>('event'),
    fraudWarnings: table<t.FraudWarning>('early fraud warning'),
    invoiceItems: table<t.InvoiceItem>('invoiceitem'),
    invoicePayments: table<t.InvoicePayment>('invoice_payment'),
    invoices: table<t.Invoice>('invoice'),
    meters: table<t.Meter>('billing meter'),
    paymentIntents: table<t.PaymentIntent>('payment_intent'),
    paymentLinks: table<t.PaymentLink>('payment_link'),
    paymentMethods: table<t.PaymentMethod>('PaymentMethod'),
    portalConfigurations: table<t.PortalConfiguration>('configuration'),
    portalSessions: table<t.PortalSession>('billing_portal.session'),
    prices: table<t.Price>('price'),
    productFeatures: table<t.ProductFeature>('product feature'),
    products: table<t.Product>('product'),
    promotionCodes: table<t.PromotionCode>('promotion code'),
    quotes: table<t.Quote>('quote'),
    refunds: table<t.Refund>('refund'),
    setupIntents: table<t.SetupIntent>('setupintent'),
    shippingRates: table<t.ShippingRate>('shipping rate'),
    subscriptions: table<t.Subscription>('subscription'),
    subscriptionSchedules: table<t.SubscriptionSchedule>('subscription_schedule'),
    taxIds: table<t.TaxId>('tax_id'),
    taxRates: table<t.TaxRate>('tax rate'),
    testClocks: table<t.TestClock>('testclock'),
    webhookEndpoints: table<t.WebhookEndpoint>('webhook endpoint'),
  };
}

export type Tables = ReturnType<typeof createTables>;
