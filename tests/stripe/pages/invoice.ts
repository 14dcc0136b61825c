import { formatAmount } from '../engine/money';
import type { Invoice } from '../types';
import { html } from './html';
import { day, layout } from './layout';

/** The hosted page of an invoice: its lines and whether it is paid. */
export function invoicePage(invoice: Invoice): string {
  const { currency } = invoice;
  return layout(
    `Invoice ${invoice.number ?? ''}`,
    html`<section class="card">
      <h1>Invoice ${invoice.number}</h1>
      <p class="soft">${day(invoice.created)} · ${invoice.customer_email} · ${invoice.status}</p>
      <dl>
        ${invoice.lines.data.map(
          (line) =>
            html`<dt>${line.description}</dt>
              <dd>${formatAmount(line.amount, line.currency)}</dd>`
        )}
        <dt><strong>Total</strong></dt>
        <dd><strong>${formatAmount(invoice.total, currency)}</strong></dd>
        <dt>Paid</dt>
        <dd>${formatAmount(invoice.amount_paid, currency)}</dd>
      </dl>
    </section>`
  );
}
