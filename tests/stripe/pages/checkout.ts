import { formatAmount, formatInterval } from '../engine/money';
import type { CheckoutSession, LineItem } from '../types';
import type { World } from '../world';
import { html, safeUrl, type Html } from './html';
import { alert, layout } from './layout';

/** What the visitor sent, to fill the form again after a refusal. */
export interface Typed {
  email?: string;
  error?: string;
}

/** The hosted Checkout page of an open session. */
export function checkoutPage(world: World, session: CheckoutSession, typed: Typed = {}): string {
  const items = world.lineItems.get(session.id) ?? [];
  const currency = session.currency ?? 'usd';
  const title = items.map((item) => item.description ?? '').join(', ') || 'Checkout';
  const cancel = safeUrl(session.cancel_url);
  return layout(
    `Pay: ${title}`,
    html`${cancel ? html`<a class="back" href="${cancel}">← Back</a>` : null}
      <div class="columns">
        <section class="card" aria-labelledby="what">
          <h1 id="what">${title}</h1>
          <p class="price">${formatAmount(session.amount_total ?? 0, currency)}</p>
          <p class="soft">${terms(world, session, items)}</p>
          <dl>
            ${items.map((item) => line(item))}
            <dt><strong>Total due today</strong></dt>
            <dd><strong>${formatAmount(session.amount_total ?? 0, currency)}</strong></dd>
          </dl>
        </section>
        <section class="card" aria-labelledby="pay">
          <h2 id="pay">${world.account.business_profile?.name ?? 'Simulated shop'}</h2>
          ${alert(typed.error)}
          <form method="post" action="/c/pay/${session.id}">
            ${emailField(world, session, typed)} ${session.allow_promotion_codes && codeField}
            <p class="soft">
              The simulated card 4242 4242 4242 4242 is used. “Decline” tries one that the bank
              refuses.
            </p>
            <button class="main" name="outcome" value="pay">
              ${session.amount_total ? 'Pay' : 'Start'}
            </button>
            <button name="outcome" value="decline">Decline</button>
          </form>
          ${cancel ? html`<a class="button" href="${cancel}">Back to the shop</a>` : null}
        </section>
      </div>`
  );
}

/** What is shown once there is nothing left to pay here. */
export function closedPage(session: CheckoutSession | undefined): string {
  const message =
    session?.status === 'complete'
      ? 'This checkout is complete.'
      : session
        ? 'This checkout has expired. Go back to the shop to start again.'
        : 'There is no such checkout.';
  const back = safeUrl(session?.cancel_url);
  return layout(
    'Checkout',
    html`<section class="card">
      <h1>${message}</h1>
      ${back ? html`<a class="button" href="${back}">Back to the shop</a>` : null}
    </section>`
  );
}

const codeField = html`<label for="code">Promotion code (optional)</label>
  <input id="code" name="code" type="text" autocomplete="off" />`;

function emailField(world: World, session: CheckoutSession, typed: Typed): Html {
  const customer = session.customer ? world.tables.customers.get(session.customer) : undefined;
  const known = customer?.email ?? session.customer_email;
  if (known) return html`<p>E-mail: <strong>${known}</strong></p>`;
  return html`<label for="email">E-mail</label>
    <input
      id="email"
      name="email"
      type="email"
      autocomplete="email"
      required
      value="${typed.email ?? ''}"
    />`;
}

function line(item: LineItem): Html {
  const amount = formatAmount(item.amount_total, item.currency);
  const recurring = item.price?.recurring;
  const every = recurring
    ? ` / ${formatInterval(recurring.interval, recurring.interval_count)}`
    : '';
  return html`<dt>${item.quantity ?? 1} × ${item.description}</dt>
    <dd>${amount}${every}</dd>`;
}

function terms(world: World, session: CheckoutSession, items: LineItem[]): string {
  const recurring = items.find((item) => item.price?.recurring)?.price?.recurring;
  if (!recurring) return 'One payment.';
  const every = formatInterval(recurring.interval, recurring.interval_count);
  const total = items.reduce((sum, item) => sum + item.amount_total, 0);
  const price = `${formatAmount(total, session.currency ?? 'usd')} / ${every}`;
  const plan = world.checkoutPlans.get(session.id)?.subscription;
  if (plan?.trialDays) return `${plan.trialDays} days free, then ${price}.`;
  return plan?.trialEnd ? `Free trial first, then ${price}.` : `${price} until you cancel.`;
}
