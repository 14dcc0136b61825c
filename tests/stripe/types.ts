import type Stripe from 'stripe';

/**
 * A Stripe object as it is stored and sent unexpanded: decimals are strings on the wire, and a
 * field that may hold an id or the object it names holds the id.
 */
export type Stored<T> = Wire<Unexpanded<T>>;

type Unexpanded<T> = string extends T ? Exclude<T, { id: string; object: string }> : T;

type Wire<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends Stripe.Decimal
    ? string
    : T extends (infer Item)[]
      ? Stored<Item>[]
      : T extends object
        ? { [Key in keyof T]: Stored<T[Key]> }
        : T;

export type Account = Stored<Stripe.Account>;
export type ActiveEntitlement = Stored<Stripe.Entitlements.ActiveEntitlement>;
export type BalanceTransaction = Stored<Stripe.BalanceTransaction>;
export type Card = Stored<Stripe.Card>;
export type Charge = Stored<Stripe.Charge>;
export type CheckoutSession = Stored<Stripe.Checkout.Session>;
export type Coupon = Stored<Stripe.Coupon>;
export type Customer = Stored<Stripe.Customer>;
export type CreditNote = Stored<Stripe.CreditNote>;
export type CustomerBalance = Stored<Stripe.CustomerBalanceTransaction>;
export type Discount = Stored<Stripe.Discount>;
export type Dispute = Stored<Stripe.Dispute>;
export type EntitlementFeature = Stored<Stripe.Entitlements.Feature>;
export type FraudWarning = Stored<Stripe.Radar.EarlyFraudWarning>;
export type Invoice = Stored<Stripe.Invoice>;
export type InvoiceItem = Stored<Stripe.InvoiceItem>;
export type InvoiceLine = Stored<Stripe.InvoiceLineItem>;
export type InvoicePayment = Stored<Stripe.InvoicePayment>;
export type LineItem = Stored<Stripe.LineItem>;
export type Meter = Stored<Stripe.Billing.Meter>;
export type PaymentIntent = Stored<Stripe.PaymentIntent>;
export type PaymentMethod = Stored<Stripe.PaymentMethod>;
export type PaymentLink = Stored<Stripe.PaymentLink>;
export type Plan = Stored<Stripe.Plan>;
export type PortalConfiguration = Stored<Stripe.BillingPortal.Configuration>;
export type PortalSession = Stored<Stripe.BillingPortal.Session>;
export type Price = Stored<Stripe.Price>;
export type Product = Stored<Stripe.Product>;
export type ProductFeature = Stored<Stripe.ProductFeature>;
export type PromotionCode = Stored<Stripe.PromotionCode>;
export type Quote = Stored<Stripe.Quote>;
export type Refund = Stored<Stripe.Refund>;
export type SetupIntent = Stored<Stripe.SetupIntent>;
export type ShippingRate = Stored<Stripe.ShippingRate>;
export type Subscription = Stored<Stripe.Subscription>;
export type SubscriptionItem = Stored<Stripe.SubscriptionItem>;
export type SubscriptionSchedule = Stored<Stripe.SubscriptionSchedule>;
export type TaxId = Stored<Stripe.TaxId>;
export type TaxRate = Stored<Stripe.TaxRate>;
export type TestClock = Stored<Stripe.TestHelpers.TestClock>;
export type WebhookEndpoint = Stored<Stripe.WebhookEndpoint>;

/** An event as stored: the library's union of event types narrows `data` more than we can know. */
export interface EventRecord {
  id: string;
  object: 'event';
  api_version: string;
  created: number;
  data: { object: object; previous_attributes?: Record<string, unknown> };
  livemode: boolean;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: Stripe.Event.Type;
}

/** Any stored object: what the store, the lists and the expansion need to know of it. */
export interface AnyObject {
  id: string;
  object: string;
}
