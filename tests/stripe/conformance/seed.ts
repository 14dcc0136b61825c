import qs from 'qs';
import { isRecord } from './compare';
import { idsIn, objectsIn, type IdMap } from './ids';
import type { Pair, Recording } from './recordings';

export type Send = (
  method: string,
  path: string,
  body?: string,
  more?: { key?: string; version?: string }
) => Promise<{ status: number; body: unknown }>;

/**
 * What stood in the recorded account before the recording began: the prices its requests name, and
 * the customers, cards and payments of calls that were not recorded. All of it is made by the API.
 */
export function createSeeder(recording: Recording, ids: IdMap, send: Send) {
  const seen = recording.pairs.flatMap((pair) => objectsIn(pair.response));

  async function make(path: string, params: object): Promise<Record<string, unknown>> {
    const { status, body } = await send('post', path, qs.stringify(params));
    if (status !== 200 || !isRecord(body)) {
      throw new Error(`Seeding ${path}: ${status} ${JSON.stringify(body)}`);
    }
    return body;
  }

  /** Prices with ids of the account's own choice, which only plans can have. */
  async function prices(): Promise<void> {
    const products = new Map<string, string>();
    const plans = new Map<string, Record<string, unknown>>();
    for (const row of seen) {
      if (row.object === 'plan' && typeof row.id === 'string') plans.set(row.id, row);
    }
    for (const [id, plan] of plans) {
      const was = String(plan.product);
      const product = products.get(was) ?? String((await make('/v1/products', productOf(id))).id);
      products.set(was, product);
      ids.set(was, product);
      const { currency, amount, interval, interval_count, nickname } = plan;
      await make('/v1/plans', {
        id,
        currency,
        amount,
        interval,
        interval_count,
        product,
        ...(nickname ? { nickname } : {}),
        ...(isRecord(plan.metadata) ? { metadata: plan.metadata } : {}),
      });
      const price = seen.find((row) => row.object === 'price' && row.id === id);
      if (price) await make(`/v1/prices/${id}`, { tax_behavior: price.tax_behavior });
    }
  }

  /** As the lines of the recorded invoices call it. */
  function productOf(plan: string): object {
    const line = seen.find(
      (row) =>
        row.object === 'line_item' &&
        JSON.stringify(row.pricing ?? row.price ?? {}).includes(`"${plan}"`) &&
        String(row.description).includes('×')
    );
    const said = /(?:\d+ )(?:(.+) )?× (.+?)(?: \(at .*)?$/.exec(String(line?.description));
    const [, unit, name = plan] = said ?? [];
    return { name, ...(unit ? { unit_label: unit } : {}) };
  }

  /** The things a call names that no recorded call has made. */
  async function before(pair: Pair): Promise<void> {
    const named = idsIn(decodeURIComponent(`${pair.request.uri} ${pair.request.body ?? ''}`));
    const unknown = named.filter((id) => !ids.has(id));
    const customer = unknown.find((id) => id.startsWith('cus_'));
    if (customer) ids.set(customer, await newCustomer(customer));
    for (const id of unknown) {
      if (id.startsWith('pm_'))
        await newCard(
          id,
          named.find((each) => each.startsWith('cus_'))
        );
      if (id.startsWith('pi_')) await newPayment(id, pair);
    }
  }

  async function newCustomer(id: string): Promise<string> {
    const row = seen.find((each) => each.id === id);
    const { email, name } = row ?? {};
    const made = await make('/v1/customers', {
      ...(typeof email === 'string' ? { email } : {}),
      ...(typeof name === 'string' ? { name } : {}),
    });
    return String(made.id);
  }

  async function newCard(id: string, customer: string | undefined): Promise<void> {
    const made = await make(`/v1/payment_methods/${cardOf(id)}/attach`, {
      customer: ids.get(customer ?? ''),
    });
    ids.set(id, String(made.id));
  }

  /** A payment that waits for its holder tells the card it was tried with. */
  function cardOf(id: string): string {
    const waits = seen.some(
      (row) =>
        row.object === 'payment_intent' &&
        row.status === 'requires_action' &&
        row.payment_method === id
    );
    return waits ? 'pm_card_authenticationRequired' : 'pm_card_visa';
  }

  /** The first payment of a subscription that was not recorded. */
  async function newPayment(id: string, pair: Pair): Promise<void> {
    if (!isRecord(pair.response)) return;
    const { amount, currency, customer } = pair.response;
    if (amount === undefined) return;
    const method = String(pair.response.payment_method);
    if (!ids.has(method)) await newCard(method, String(customer));
    const made = await make('/v1/subscriptions', {
      customer: ids.get(String(customer)),
      default_payment_method: ids.get(method),
      items: [
        {
          price_data: {
            currency,
            unit_amount: amount,
            recurring: { interval: 'month' },
            product: await anyProduct(),
          },
        },
      ],
      expand: ['latest_invoice.payments'],
    });
    const invoice = made.latest_invoice;
    const [payment] = objectsIn(invoice).filter((row) => row.object === 'invoice_payment');
    if (isRecord(payment?.payment)) ids.set(id, String(payment.payment.payment_intent));
  }

  async function anyProduct(): Promise<string> {
    return String((await make('/v1/products', { name: 'Seeded' })).id);
  }

  return { prices, before };
}
