import { change, create } from '../events/record';
import { invalid } from '../http/errors';
import { newId } from '../store/ids';
import type { Customer, Price, Subscription, SubscriptionItem } from '../types';
import type { World } from '../world';
import { boundary, nextBoundary } from './calendar';
import { noCancellation } from './cancel';
import { redeem, type Redeemable } from './discounts';
import { collect, settle, type Collected } from './collect';
import { draftInvoice } from './draft-invoice';
import { finalizeInvoice, invoiceNow } from './invoices';
import { itemLine, oneTimeLine, type LineDraft } from './invoice-lines';
import { planOf } from './plan';
import { priceAmount } from './price-amount';

export interface ItemSpec {
  price: Price;
  quantity: number;
  metadata?: Record<string, string>;
}

export interface SubscriptionSpec {
  customer: Customer;
  items: ItemSpec[];
  metadata: Record<string, string>;
  description?: string | null;
  defaultPaymentMethod?: string | null;
  /** Seconds; in the future. */
  trialEnd?: number | null;
  missingPaymentMethod?: string;
  discounts?: Redeemable[];
  /** The Checkout Session that makes it. */
  session?: string;
  /** Whether the first invoice is collected in the same call. */
  collectNow: boolean;
  /** One of the prices' currencies; their own when absent. */
  currency?: string | undefined;
  /** Seconds; in the future: the first period is a part of a whole one, and prorated. */
  billingCycleAnchor?: number | undefined;
  prorates?: boolean;
  /** One-time prices on the first invoice. */
  extras?: ItemSpec[];
  schedule?: string | null;
  /** The card's holder is there to confirm, as in Checkout. */
  authenticated?: boolean;
  /** How it is billed, from how a subscription is when nothing is said. */
  terms?: (blank: Subscription) => Partial<Subscription>;
}

export interface Subscribed {
  subscription: Subscription;
  collected: Collected | undefined;
}

/** Makes a subscription with its first invoice, finalised and collected at once as on Stripe. */
export function subscribe(world: World, spec: SubscriptionSpec): Subscribed {
  const blank = buildSubscription(world, spec);
  const row = { ...blank, ...spec.terms?.(blank) };
  const { subscriptions } = world.tables;
  const trialing = row.trial_end !== null;
  const sent = row.collection_method === 'send_invoice';
  const owed = spec.items.some(
    (item) => priceAmount(world, item.price, item.quantity, row.currency) > 0
  );
  const status = trialing ? 'trialing' : owed && !sent ? 'incomplete' : 'active';
  const owner = { customer: row.customer, subscription: row.id };
  const discounts = (spec.discounts ?? []).map(
    (each) => redeem(world, owner, each, spec.session ?? null).id
  );
  const made = { ...row, status, discounts };
  create(world, subscriptions, made, 'customer.subscription.created');

  const lines = [
    ...row.items.data.map((item) => firstLine(world, row, item, spec)),
    ...(spec.extras ?? []).map((extra) => oneTimeLine(world, row, extra)),
  ];
  const invoice = draftInvoice(world, made, {
    reason: 'subscription_create',
    lines,
    period: { start: row.created, end: row.created },
    finalizesIn: sent ? world.settings.finalizeAfter : 0,
  });
  change(world, subscriptions, row.id, { latest_invoice: invoice.id });
  if (sent) return { subscription: subscriptions.get(row.id) ?? row, collected: undefined };
  finalizeInvoice(world, invoice.id);
  const collected = firstPayment(world, invoice.id, spec);
  return { subscription: subscriptions.get(row.id) ?? row, collected };
}

/** The whole period, a free trial, or the part of a period up to the anchor that was asked for. */
function firstLine(
  world: World,
  row: Subscription,
  item: SubscriptionItem,
  spec: SubscriptionSpec
): LineDraft {
  const line = itemLine(world, row, item, row.trial_end !== null);
  if (spec.billingCycleAnchor === undefined || row.trial_end !== null) return line;
  const { interval, interval_count } = cycleOf(item.price);
  const { current_period_start: start, current_period_end: end } = item;
  const whole = end - boundary(end, interval, interval_count, -1);
  const part = spec.prorates === false ? 0 : Math.round((line.amount * (end - start)) / whole);
  return { ...line, amount: part, subtotal: part };
}

function firstPayment(
  world: World,
  invoice: string,
  { collectNow, authenticated }: SubscriptionSpec
): Collected | undefined {
  if (invoiceNow(world, invoice).amount_due === 0) return settle(world, invoice);
  return collectNow ? collect(world, invoice, undefined, { authenticated }) : undefined;
}

/** One item for the period that begins at `start`, both in seconds. */
export function buildItem(
  subscription: string,
  spec: ItemSpec,
  start: number,
  end: number
): SubscriptionItem {
  return {
    id: newId('si'),
    object: 'subscription_item',
    billing_thresholds: null,
    created: start,
    current_period_end: end,
    current_period_start: start,
    current_trial: null,
    discounts: [],
    metadata: spec.metadata ?? {},
    plan: planOf(spec.price),
    price: spec.price,
    quantity: spec.quantity,
    subscription,
    tax_rates: [],
  };
}

function buildSubscription(world: World, spec: SubscriptionSpec): Subscription {
  const id = newId('sub');
  const testClock = spec.customer.test_clock ?? null;
  const now = world.now(testClock);
  const trialEnd = spec.trialEnd ?? null;
  const currency = spec.currency ?? oneCurrency(spec.items);
  const anchor = spec.billingCycleAnchor ?? trialEnd ?? now;
  const items = spec.items.map((item) => {
    const { interval, interval_count } = cycleOf(item.price);
    const end = trialEnd ?? nextBoundary(anchor, interval, interval_count, now);
    return buildItem(id, item, now, end);
  });
  return {
    id,
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: anchor,
    billing_cycle_anchor_config: null,
    billing_mode: {
      flexible: { proration_discounts: 'included' },
      type: 'flexible',
      updated_at: now,
    },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: noCancellation,
    collection_method: 'charge_automatically',
    created: now,
    currency,
    customer: spec.customer.id,
    customer_account: null,
    days_until_due: null,
    default_payment_method: spec.defaultPaymentMethod ?? null,
    default_source: null,
    default_tax_rates: [],
    description: spec.description ?? null,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    items: itemList(id, items),
    latest_invoice: null,
    livemode: world.livemode,
    managed_payments: null,
    metadata: spec.metadata,
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: 'off',
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: spec.schedule ?? null,
    start_date: now,
    status: 'incomplete',
    test_clock: testClock,
    transfer_data: null,
    trial_end: trialEnd,
    trial_settings: {
      end_behavior: {
        billing_cycle_anchor: null,
        missing_payment_method: spec.missingPaymentMethod ?? 'create_invoice',
      },
    },
    trial_start: trialEnd === null ? null : now,
  };
}

export function itemList(subscription: string, data: SubscriptionItem[]): Subscription['items'] {
  return {
    object: 'list',
    data,
    has_more: false,
    url: `/v1/subscription_items?subscription=${subscription}`,
  };
}

/** The price's cycle, or Stripe's refusal of a one-time price in a subscription. */
export function cycleOf(price: Price): { interval: string; interval_count: number } {
  if (price.recurring) return price.recurring;
  throw invalid(
    `The price specified is set to \`type=one_time\` but this field only accepts prices with \`type=recurring\`.`,
    'items[0][price]'
  );
}

function oneCurrency(items: ItemSpec[]): string {
  const [first, ...rest] = items.map((item) => item.price.currency);
  if (!first) throw invalid('Missing required param: items.', 'items', 'parameter_missing');
  if (rest.some((each) => each !== first)) {
    throw invalid('You can not combine currencies on a single subscription.', 'items');
  }
  return first;
}
