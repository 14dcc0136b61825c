import { formatAmount, formatInterval } from '../engine/money';
import { periodEnd } from '../engine/due';
import { productName } from '../engine/invoice-lines';
import { methodToCharge } from '../engine/payment-methods';
import type { Customer, PortalSession, Price, Subscription } from '../types';
import type { World } from '../world';
import { featuresOf, offered } from './actions';
import { html, safeUrl, type Html } from './html';
import { alert, day, layout } from './layout';

const reasons: [string, string][] = [
  ['too_expensive', 'It is too expensive'],
  ['missing_features', 'I need more than it offers'],
  ['switched_service', 'I found an alternative'],
  ['unused', 'I no longer use it'],
  ['customer_service', 'Customer service was less than expected'],
  ['too_complex', 'It is too complicated'],
  ['low_quality', 'Its quality was less than expected'],
  ['other', 'Another reason'],
];

/** The cards the page offers, by the name of Stripe's test payment method. */
const cards: [string, string][] = [
  ['pm_card_visa', 'Visa ending 4242 (works)'],
  ['pm_card_mastercard', 'Mastercard ending 4444 (works)'],
  ['pm_card_chargeCustomerFail', 'Visa ending 0341 (every payment fails)'],
  ['pm_card_chargeDeclined', 'Visa ending 0002 (refused at once)'],
];

/** The customer portal: what is subscribed to, its end, and the card it is paid with. */
export function portalPage(
  world: World,
  session: PortalSession,
  base: string,
  error?: string
): string {
  const customer = world.tables.customers.get(session.customer);
  const rows = world.tables.subscriptions
    .newestFirst()
    .filter((row) => row.customer === session.customer && row.ended_at === null);
  const features = featuresOf(world, session);
  const back = safeUrl(session.return_url);
  return layout(
    'Your subscriptions',
    html`${back ? html`<a class="back" href="${back}">← Back</a>` : null}
      <h1>Your subscriptions</h1>
      ${alert(error)}
      <div class="columns">
        <div>
          ${rows.length ? rows.map((row) => subscriptionCard(world, session, row, base)) : html`<p class="card">You have no current subscription.</p>`}
        </div>
        <div>
          ${customer && features.payment_method_update.enabled ? cardForm(world, customer, rows, base) : null}
        </div>
      </div>`
  );
}

function subscriptionCard(
  world: World,
  session: PortalSession,
  row: Subscription,
  base: string
): Html {
  const cancels = featuresOf(world, session).subscription_cancel.enabled;
  const items = row.items.data.map((item) => {
    const recurring = item.price.recurring;
    const every = recurring ? formatInterval(recurring.interval, recurring.interval_count) : '';
    const amount = (item.price.unit_amount ?? 0) * (item.quantity ?? 1);
    return html`<h2>${productName(world, item)}</h2>
      <p class="price">${formatAmount(amount, item.price.currency)} <small>/ ${every}</small></p>`;
  });
  const ends = row.cancel_at ?? periodEnd(row);
  const state =
    row.cancel_at !== null
      ? `Ends on ${day(ends)}.`
      : row.status === 'past_due'
        ? 'The last payment failed. Please change your card.'
        : `${row.status === 'trialing' ? 'Trial until' : 'Renews on'} ${day(ends)}.`;
  return html`<section class="card">
    ${items}
    <p>${state}</p>
    ${switchForm(offered(world, session), row, base)}
    ${cancels ? (row.cancel_at === null ? cancelForm(row, base) : renewForm(row, base)) : null}
  </section>`;
}

function switchForm(prices: Price[], row: Subscription, base: string): Html | null {
  const own = new Set(row.items.data.map((item) => item.price.id));
  const others = prices.filter((price) => !own.has(price.id));
  if (others.length === 0) return null;
  const field = `price-${row.id}`;
  return html`<form method="post" action="${base}/switch">
    <input type="hidden" name="subscription" value="${row.id}" />
    <label for="${field}">Change the plan to</label>
    <select id="${field}" name="price">
      ${others.map(
        (price) =>
          html`<option value="${price.id}">
            ${price.nickname ?? ''} ${formatAmount(price.unit_amount ?? 0, price.currency)} /
            ${formatInterval(price.recurring?.interval ?? 'month', price.recurring?.interval_count ?? 1)}
          </option>`
      )}
    </select>
    <button>Change the plan</button>
  </form>`;
}

function cancelForm(row: Subscription, base: string): Html {
  const reason = `reason-${row.id}`;
  const comment = `comment-${row.id}`;
  return html`<details>
    <summary>Cancel this subscription</summary>
    <form method="post" action="${base}/cancel">
      <input type="hidden" name="subscription" value="${row.id}" />
      <label for="${reason}">Why do you cancel?</label>
      <select id="${reason}" name="feedback">
        <option value="">I would rather not say</option>
        ${reasons.map(([value, label]) => html`<option value="${value}">${label}</option>`)}
      </select>
      <label for="${comment}">Anything else? (optional)</label>
      <textarea id="${comment}" name="comment" rows="3"></textarea>
      <button>Cancel at the end of the period</button>
    </form>
  </details>`;
}

function renewForm(row: Subscription, base: string): Html {
  return html`<form method="post" action="${base}/renew">
    <input type="hidden" name="subscription" value="${row.id}" />
    <button class="main">Don’t cancel, renew it</button>
  </form>`;
}

function cardForm(world: World, customer: Customer, rows: Subscription[], base: string): Html {
  const method = methodToCharge(world, customer, rows[0]);
  const now = method?.card ? `${method.card.brand} ending ${method.card.last4}` : 'No card yet';
  return html`<section class="card">
    <h2>Payment method</h2>
    <p>${now}</p>
    <form method="post" action="${base}/card">
      <label for="card">Change to</label>
      <select id="card" name="card">
        ${cards.map(([value, label]) => html`<option value="${value}">${label}</option>`)}
      </select>
      <button>Change the card</button>
    </form>
  </section>`;
}
