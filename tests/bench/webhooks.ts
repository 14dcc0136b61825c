import { loadavg } from 'node:os';
import { HIDDEN_UID, UID } from '../../server/src/constants';
import { getService } from '../../server/src/get-service';
import { bootBenchSite, type BenchSite } from './magazine/site';
import { print, say, type Bench } from './support/bench';
import { median } from './support/throughput';
import { writeBareRoute } from './webhooks/bare';
import { SECRET, type Sent } from './webhooks/protocol';
import { startStripeProcess, type StripeProcess } from './webhooks/stripe-process';

/** The least a delivery may be accepted at, compared with a route that inserts one row. */
const BAR = 0.6;

const SIZES = {
  full: { rounds: 9, seconds: 2, queue: 300, stream: 500, burst: 25 },
  quick: { rounds: 3, seconds: 1, queue: 40, stream: 60, burst: 5 },
};

type Sizes = (typeof SIZES)['full'];

/** More than any site accepts in a second. */
const MOST_A_SECOND = 700;
const STREAM_A_SECOND = 50;

interface Stage {
  site: BenchSite;
  stripe: StripeProcess;
  /** Stripe's id of what is sold. */
  price: string;
  sizes: Sizes;
}

const webhook = ({ site }: Stage) => ({ url: `${site.url}/api/memberships/webhook` });
const bare = ({ site }: Stage) => ({ url: `${site.url}/api/bare` });

const background = ({ site }: Stage) => getService(site.strapi, 'background');

/** Everything received is forgotten, so that the next measure begins with an empty queue. */
const empty = async (stage: Stage): Promise<void> => {
  const { strapi } = stage.site;
  await strapi.db.query(HIDDEN_UID.inbox).deleteMany({ where: {} });
  await background(stage).idle();
};

/** Sells one price, through the plugin's own catalogue. */
const sell = async ({ strapi }: BenchSite): Promise<string> => {
  const tier = await strapi
    .documents(UID.tier)
    .create({ data: { name: 'Gold', slug: 'gold', kind: 'paid', rank: 1 } });
  const price = await strapi.documents(UID.price).create({
    data: { tier: tier.documentId, amount: 900, currency: 'eur', interval: 'month' },
  });
  await getService(strapi, 'background').idle();
  const row = await strapi.db.query(UID.price).findOne({ where: { documentId: price.documentId } });
  return String(row.stripeId);
};

/** Alternating; the first round warms up and is not counted. */
const compareAccepted = async (stage: Stage): Promise<boolean> => {
  const { stripe, sizes, price } = stage;
  const count = Math.ceil(MOST_A_SECOND * sizes.seconds);
  const rush = async (to: { url: string }): Promise<Sent> => {
    // Made before the clock runs, and distinct each time.
    await stripe.tell({ do: 'subscribe', price, count });
    const sent = await stripe.tell({ do: 'rush', to, seconds: sizes.seconds });
    await empty(stage);
    return sent;
  };
  const rounds: { ours: Sent; reference: Sent }[] = [];
  for (let at = 0; at <= sizes.rounds; at += 1) {
    const [first, second] = at % 2 === 0 ? [webhook, bare] : [bare, webhook];
    const pair = [await rush(first(stage)), await rush(second(stage))] as const;
    const [ours, reference] = at % 2 === 0 ? pair : [pair[1], pair[0]];
    if (at > 0) rounds.push({ ours, reference });
    say(`round ${at}: ${ours.rps.toFixed(0)} against ${reference.rps.toFixed(0)} a second`);
  }
  const ratios = rounds.map(({ ours, reference }) => ours.rps / reference.rps);
  return print({
    name: 'webhooks accepted',
    ratio: median(ratios),
    bar: BAR,
    spread: [Math.min(...ratios), Math.max(...ratios)],
    rps: median(rounds.map(({ ours }) => ours.rps)),
    baseline: median(rounds.map(({ reference }) => reference.rps)),
    p99: median(rounds.map(({ ours }) => ours.p99)),
    baselineP99: median(rounds.map(({ reference }) => reference.p99)),
    rounds: rounds.length,
    database: stage.site.database,
    load: loadavg()[0],
  });
};

/** How long a queue of distinct subscriptions takes to be worked off. */
const drain = async (stage: Stage, name: string): Promise<void> => {
  const { stripe, sizes, price } = stage;
  await stripe.tell({ do: 'subscribe', price, count: sizes.queue });
  const to = webhook(stage);
  const started = performance.now();
  await stripe.tell({ do: 'stream', to, count: sizes.queue, perSecond: 10_000 });
  await background(stage).idle();
  const seconds = (performance.now() - started) / 1000;
  print({ name, deliveries: sizes.queue, seconds, perSecond: sizes.queue / seconds });
  await empty(stage);
};

/** From sending to the commit that writes the grant, while deliveries keep coming. */
const grantLatency = async (stage: Stage): Promise<void> => {
  const { site, stripe, sizes, price } = stage;
  await stripe.tell({ do: 'subscribe', price, count: sizes.stream });
  const grantedAt = new Map<string, number>();
  const unsubscribe = site.strapi.eventHub.on('subscription.created', (news: unknown) => {
    grantedAt.set(String(Reflect.get(Object(news), 'stripeId')), Date.now());
    return Promise.resolve();
  });
  const { sentAt } = await stripe.tell({
    do: 'stream',
    to: webhook(stage),
    count: sizes.stream,
    perSecond: STREAM_A_SECOND,
  });
  await background(stage).idle();
  unsubscribe();
  const took = sentAt
    .map(([id, sent]) => (grantedAt.get(id) ?? Infinity) - sent)
    .sort((a, b) => a - b);
  print({
    name: 'webhooks delivery to grant',
    perSecond: STREAM_A_SECOND,
    deliveries: took.length,
    median: median(took),
    p99: took[Math.min(took.length - 1, Math.floor(took.length * 0.99))],
  });
  await empty(stage);
};

const requestsPerEvent = async (stage: Stage): Promise<void> => {
  const { stripe, sizes, price } = stage;
  const to = webhook(stage);
  const { asked: before } = await stripe.tell({ do: 'count' });
  const { accepted } = await stripe.tell({ do: 'burst', to, price, count: sizes.burst });
  await background(stage).idle();
  const { asked: after } = await stripe.tell({ do: 'count' });
  const requests = after - before;
  print({
    name: 'webhooks requests to Stripe',
    checkouts: sizes.burst,
    events: accepted,
    requests,
    perEvent: requests / accepted,
    perCheckout: requests / sizes.burst,
  });
  await empty(stage);
};

/** @param perSecond the plugin's pace to Stripe; absent, its default */
const onStage = async <T>(
  sizes: Sizes,
  perSecond: number | null,
  play: (stage: Stage) => Promise<T>
): Promise<T> => {
  const stripe = await startStripeProcess();
  const site = await bootBenchSite({
    write: writeBareRoute,
    env: {
      STRIPE_SECRET_KEY: stripe.secretKey,
      STRIPE_WEBHOOK_SECRET: SECRET,
      STRIPE_API_BASE: stripe.url,
      MEMBERSHIPS_OPTIONS: JSON.stringify(
        perSecond === null ? {} : { stripe: { requestsPerSecond: perSecond } }
      ),
    },
  });
  try {
    return await play({ site, stripe, sizes, price: await sell(site) });
  } finally {
    await site.stop();
    stripe.stop();
  }
};

const NO_PACE = 10_000;

/**
 * What the site accepts of Stripe's deliveries, compared with a route that inserts one row, and what
 * becomes of them then.
 */
export const webhooks: Bench = async ({ quick }) => {
  const sizes = quick ? SIZES.quick : SIZES.full;
  const passed = await onStage(sizes, null, async (stage) => {
    const accepted = await compareAccepted(stage);
    await drain(stage, 'webhooks drain');
    return accepted;
  });
  await onStage(sizes, NO_PACE, async (stage) => {
    await drain(stage, 'webhooks drain, unpaced');
    await grantLatency(stage);
    await requestsPerEvent(stage);
  });
  return passed;
};
