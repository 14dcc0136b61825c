import { createServer, request } from 'node:http';
import { startStripe, type StripeSimulator } from '../../stripe';
import { copyOf, type Fill, type Requests, type StripeMessage, type StripeOrder } from './protocol';

/**
 * The simulator in a process of its own, with a counter in front: its hundred thousand subscriptions
 * are no memory of the site's.
 */
const requests: Requests = { all: 0, subscriptions: 0, begun: 0 };

const count = (method: string | undefined, url: URL): void => {
  requests.all += 1;
  if (method !== 'GET' || url.pathname !== '/v1/subscriptions') return;
  // A customer's own are no page of the walk: the worker asks for them.
  if (url.searchParams.has('customer')) return;
  requests.subscriptions += 1;
  if (!url.searchParams.has('starting_after')) requests.begun += 1;
};

/** One made by the API, and as many copies as are wanted: making each would take an hour. */
const fill = (stripe: StripeSimulator, { template, count: wanted }: Fill): void => {
  const { tables, paymentByInvoice } = stripe.worldFor(false);
  const { subscriptions, customers, invoices, invoicePayments } = tables;
  const subscription = subscriptions.get(template);
  const customer = customers.get(String(subscription?.customer));
  const invoice = invoices
    .all()
    .find((one) => one.parent?.subscription_details?.subscription === template);
  const payment = invoicePayments.all().find((one) => one.invoice === invoice?.id);
  if (!subscription || !customer || !invoice || !payment) throw new Error(`No ${template} to copy`);
  for (let number = 0; number < wanted; number += 1) {
    const ids = {
      customer: copyOf('cus', number),
      subscription: copyOf('sub', number),
      invoice: copyOf('in', number),
    };
    customers.put({ ...customer, id: ids.customer });
    subscriptions.put({
      ...subscription,
      id: ids.subscription,
      customer: ids.customer,
      latest_invoice: ids.invoice,
    });
    const paid = invoicePayments.put({
      ...payment,
      id: copyOf('inpay', number),
      invoice: ids.invoice,
    });
    paymentByInvoice.set(ids.invoice, paid.id);
    invoices.put({
      ...invoice,
      id: ids.invoice,
      customer: ids.customer,
      parent: {
        type: 'subscription_details',
        quote_details: null,
        subscription_details: { metadata: null, subscription: ids.subscription },
      },
    });
  }
};

const tell = (message: StripeMessage): void => void process.send?.(message);

const main = async (): Promise<void> => {
  const stripe = await startStripe({ validate: false });
  const door = createServer((from, to) => {
    const url = new URL(from.url ?? '/', stripe.url);
    count(from.method, url);
    const onward = request(url, { method: from.method, headers: from.headers }, (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    });
    onward.on('error', () => to.destroy());
    from.pipe(onward);
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const address = door.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  process.on('message', (order: StripeOrder) => {
    if (order.kind === 'fill') {
      fill(stripe, order);
      tell({ kind: 'filled' });
    } else tell({ kind: 'requests', requests: { ...requests } });
  });
  process.on('disconnect', () => process.exit(0));
  const url = `http://127.0.0.1:${address.port}`;
  tell({ kind: 'ready', url, secretKey: stripe.secretKey });
};

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
