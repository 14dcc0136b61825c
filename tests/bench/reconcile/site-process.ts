import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import { startSite } from '../../../scripts/demo/site';
import { stripeClient } from '../../stripe';
import { copyRows } from './copies';
import type { Progress, SiteMessage, SiteOrder } from './protocol';

/** Of this process alone: what `resourceUsage` tells begins at the size of whoever forked it. */
const peakMb = (): number => {
  const [, kilobytes] =
    /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  if (kilobytes === undefined) throw new Error('/proc/self/status does not tell the peak');
  return Number(kilobytes) / 1024;
};

/**
 * The site in a process of its own, which the bench kills. With `BENCH_SEED` it
 * makes the catalogue and one member, and fills the mirror with copies.
 */
const { BENCH_FOLDER = '', BENCH_PORT = '', BENCH_SEED = '', BENCH_COUNT = '0' } = process.env;
const { STRIPE_SECRET_KEY: secretKey = '', STRIPE_API_BASE: apiBase = '' } = process.env;

const tell = (message: SiteMessage): void => void process.send?.(message);

/** As far as the plugin's services are used; the site runs what was built. */
interface Billing extends Core.Service {
  worker: { syncNow(key: string): Promise<void> };
  reconcile: { start(by: string | null): Promise<{ id: number }> };
}
interface Background extends Core.Service {
  wake(): void;
  idle(): Promise<void>;
}

const serviceOf = <Service extends Core.Service>(strapi: Core.Strapi, name: string): Service =>
  strapi.plugin('memberships').service<Service>(name);

const makeTemplate = async (strapi: Core.Strapi): Promise<string> => {
  const tier = await strapi
    .documents('plugin::memberships.tier')
    .create({ data: { name: 'Gold', slug: 'bench-gold', kind: 'paid', rank: 1 } });
  const { documentId } = await strapi.documents('plugin::memberships.price').create({
    data: { tier: tier.documentId, amount: 900, currency: 'eur', interval: 'month' },
  });
  const background = serviceOf<Background>(strapi, 'background');
  background.wake();
  await background.idle();
  const price: { stripeId: string } = await strapi.db
    .query('plugin::memberships.price')
    .findOne({ where: { documentId } });
  const stripe = stripeClient({ url: apiBase, secretKey });
  const customer = await stripe.customers.create({ email: 'bench@reader.example' });
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
  const { id } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.stripeId }],
    default_payment_method: card.id,
  });
  await serviceOf<Billing>(strapi, 'billing').worker.syncNow(id);
  return id;
};

const progressOf = async (strapi: Core.Strapi): Promise<Progress> => {
  const run: Omit<Progress, 'kind' | 'peak'> | null = await strapi.db
    .query('plugin::memberships.run')
    .findOne({ where: {}, orderBy: { id: 'desc' } });
  return {
    kind: 'progress',
    status: run?.status ?? 'none',
    phase: run?.phase ?? null,
    done: run?.done ?? 0,
    differences: run?.differences ?? 0,
    peak: peakMb(),
  };
};

const main = async (): Promise<void> => {
  const site = await startSite({
    port: Number(BENCH_PORT),
    folder: BENCH_FOLDER,
    serveAdmin: false,
    desk: { now: () => Date.now(), admin: false },
    stripe: { secretKey, apiBase, webhookSecret: 'whsec_bench' },
  });
  const { strapi } = site;
  const background = serviceOf<Background>(strapi, 'background');
  if (BENCH_SEED) {
    // The first night's walk, over an empty account.
    await background.idle();
    const template = await makeTemplate(strapi);
    await background.idle();
    tell({ kind: 'template', template });
    await copyRows(strapi, template, Number(BENCH_COUNT));
    tell({ kind: 'seeded' });
    await site.stop();
    process.exit(0);
  }
  process.on('message', (order: SiteOrder) => {
    if (order.kind === 'stop') void site.stop().then(() => process.exit(0));
    else {
      void serviceOf<Billing>(strapi, 'billing')
        .reconcile.start(null)
        .then(() => background.wake());
    }
  });
  process.on('disconnect', () => process.exit(0));
  tell({ kind: 'ready' });
  for (;;) {
    tell(await progressOf(strapi));
    await pause(200);
  }
};

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
