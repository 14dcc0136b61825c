import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { startStripe, stripeClient } from '../../stripe';
import { openLine } from '../../support/line';
import { testCards } from '../../stripe/engine/cards';
import { buildCustomer } from '../../stripe/engine/customers';
import { attach, buildCard } from '../../stripe/engine/payment-methods';
import { subscribe } from '../../stripe/engine/subscribe';
import { create } from '../../stripe/events/record';
import { signatureHeader } from '../../stripe/events/delivery';
import { SECRET, type FromStripe, type Order, type Sent } from './protocol';

/** Stripe, in a process of its own: neither its answers nor its deliveries cost the site's time. */
const CONNECTIONS = 10;

const tell = (message: FromStripe): void => void process.send?.(message);

interface Delivery {
  body: string;
  subscription: string | null;
}

const post = (url: string, agent: Agent, { body }: Delivery): Promise<number> =>
  new Promise((resolve, reject) => {
    const sending = httpRequest(
      url,
      {
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
          'stripe-signature': signatureHeader(body, SECRET, Math.floor(Date.now() / 1000)),
        },
      },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
      }
    );
    sending.on('error', reject);
    sending.end(body);
  });

const percentile = (values: number[], share: number): number =>
  values.sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
  NaN;

const serve = async (): Promise<void> => {
  const sim = await startStripe({ validate: false });
  const line = await openLine(sim.url);
  const world = sim.worldFor(false);
  const stripe = stripeClient(sim);
  const waiting: Delivery[] = [];
  const seen = new Set<string>();

  const delivery = (event: { data: { object: unknown } }): Delivery => {
    const { object } = event.data;
    const is = (key: string): unknown => Reflect.get(Object(object), key);
    const subscription = is('object') === 'subscription' ? String(is('id')) : null;
    return { body: JSON.stringify(event, null, 2), subscription };
  };

  const fresh = (type?: string): Delivery[] => {
    const events = sim.events().filter(({ id }) => !seen.has(id));
    for (const { id } of events) seen.add(id);
    return events.filter((event) => type === undefined || event.type === type).map(delivery);
  };

  const nothing = (): Sent => ({
    rps: 0,
    accepted: 0,
    p99: 0,
    sentAt: [],
    asked: line.requests.length,
  });

  /** Takes notes of every delivery that is accepted. @throws Error when one is not */
  const recorder = (url: string) => {
    // Of its own: between two rushes the site closes what is idle.
    const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
    const took: number[] = [];
    const sentAt: [string, number][] = [];
    const started = performance.now();
    return {
      send: async (one: Delivery): Promise<void> => {
        if (one.subscription) sentAt.push([one.subscription, Date.now()]);
        const before = performance.now();
        const status = await post(url, agent, one);
        if (status !== 200) throw new Error(`${url} answered ${status}`);
        took.push(performance.now() - before);
      },
      result: (): Sent => {
        const seconds = (performance.now() - started) / 1000;
        agent.destroy();
        return {
          ...nothing(),
          rps: took.length / seconds,
          accepted: took.length,
          p99: percentile(took, 0.99),
          sentAt,
        };
      },
    };
  };

  const orders: { [Name in Order['do']]: (order: Extract<Order, { do: Name }>) => Promise<Sent> } =
    {
      async subscribe({ price: id, count }) {
        const price = world.tables.prices.get(id);
        const card = testCards.pm_card_visa;
        if (!price || !card) throw new Error(`${id} is not sold`);
        for (let made = 0; made < count; made += 1) {
          const email = `bench${made}-${Date.now()}@bench.example`;
          const customer = create(world, world.tables.customers, buildCustomer(world, { email }));
          const method = attach(world, buildCard(world, card), customer.id);
          subscribe(world, {
            customer,
            items: [{ price, quantity: 1 }],
            metadata: {},
            defaultPaymentMethod: method.id,
            collectNow: true,
            authenticated: true,
          });
          // So that the site's requests are not kept waiting.
          if (made % 20 === 0) await pause(0);
        }
        waiting.push(...fresh('customer.subscription.created'));
        return nothing();
      },
      async rush({ to, seconds }) {
        const { send, result } = recorder(to.url);
        const until = performance.now() + seconds * 1000;
        const line = async () => {
          while (performance.now() < until) {
            const one = waiting.shift();
            if (!one) throw new Error('There is nothing left to deliver');
            await send(one);
          }
        };
        await Promise.all(Array.from({ length: CONNECTIONS }, line));
        return result();
      },
      async stream({ to, count, perSecond }) {
        const { send, result } = recorder(to.url);
        const sending: Promise<void>[] = [];
        const started = performance.now();
        for (const [index, one] of waiting.splice(0, count).entries()) {
          await pause(Math.max(0, started + (index * 1000) / perSecond - performance.now()));
          sending.push(send(one));
        }
        await Promise.all(sending);
        return result();
      },
      async burst({ to, price, count }) {
        // What earlier measures caused is none of these checkouts'.
        fresh();
        for (let made = 0; made < count; made += 1) {
          const session = await stripe.checkout.sessions.create({
            mode: 'subscription',
            line_items: [{ price, quantity: 1 }],
            // As of somebody who is signed in: the account of a guest is another matter.
            metadata: { member: 'somebody' },
            success_url: 'https://bench.example',
          });
          sim.pay(session.id, { email: `burst${made}@bench.example` });
        }
        const { send, result } = recorder(to.url);
        await Promise.all(fresh().map(send));
        return result();
      },
      count: () => Promise.resolve(nothing()),
    };

  const obey = (order: Order): Promise<Sent> => {
    switch (order.do) {
      case 'subscribe':
        return orders.subscribe(order);
      case 'rush':
        return orders.rush(order);
      case 'stream':
        return orders.stream(order);
      case 'burst':
        return orders.burst(order);
      case 'count':
        return orders.count(order);
    }
  };

  process.on('message', ({ id, order }: { id: number; order: Order }) => {
    obey(order).then(
      (sent) => tell({ id, sent }),
      (error: unknown) => tell({ id, error: String(error) })
    );
  });
  tell({ ready: { url: line.url, secretKey: sim.secretKey } });
};

process.on('disconnect', () => process.exit(0));

serve().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
