import { emit } from '../events/record';
import type { Invoice, Subscription, SubscriptionItem } from '../types';
import type { World } from '../world';
import { nextBoundary } from './calendar';
import { buildInvoice } from './draft-invoice';
import { periodEnd } from './due';
import { itemLine, pendingLine } from './invoice-lines';
import { pendingItems } from './one-off';
import { cycleOf } from './subscribe';

/** The invoice a subscription's next renewal will make, as it looks now. */
export function upcomingInvoice(world: World, subscription: Subscription): Invoice {
  const at = periodEnd(subscription);
  const { customer, currency, id } = subscription;
  const ends = subscription.cancel_at_period_end || (subscription.cancel_at ?? Infinity) <= at;
  const due = subscription.items.data.filter((item) => item.current_period_end <= at);
  const pending = pendingItems(world, customer, currency, id).map((item) =>
    pendingLine(world, item)
  );
  const cycle = ends
    ? []
    : due.map((item) => itemLine(world, subscription, nextPeriod(subscription, item), false));
  const invoice = buildInvoice(world, subscription, {
    reason: 'upcoming',
    lines: [...pending, ...cycle],
    period: { start: Math.min(...due.map((item) => item.current_period_start)), end: at },
    finalizesIn: world.settings.finalizeAfter,
  });
  return asPreview({ ...invoice, next_payment_attempt: at + world.settings.finalizeAfter });
}

/** An invoice that is not made: a draft under an id nobody can ask for. */
export function asPreview(invoice: Invoice): Invoice {
  const id = `upcoming_${invoice.id}`;
  return {
    ...invoice,
    id,
    amount_paid: 0,
    amount_remaining: invoice.amount_due,
    attempt_count: 0,
    attempted: false,
    automatically_finalizes_at: null,
    effective_at: null,
    ending_balance: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    lines: {
      ...invoice.lines,
      data: invoice.lines.data.map((line) => ({ ...line, invoice: id })),
      url: `/v1/invoices/${id}/lines`,
    },
    number: null,
    status: 'draft',
    status_transitions: {
      finalized_at: null,
      marked_uncollectible_at: null,
      paid_at: null,
      voided_at: null,
    },
  };
}

/** `invoice.upcoming`, some days before a renewal (`settings.upcomingDays`). */
export function announce(world: World, subscription: Subscription): void {
  emit(world, 'invoice.upcoming', upcomingInvoice(world, subscription));
}

/** The item in the period that follows its own. */
export function nextPeriod(subscription: Subscription, item: SubscriptionItem): SubscriptionItem {
  const { interval, interval_count } = cycleOf(item.price);
  const start = item.current_period_end;
  const end = nextBoundary(subscription.billing_cycle_anchor, interval, interval_count, start);
  return { ...item, current_period_start: start, current_period_end: end };
}
