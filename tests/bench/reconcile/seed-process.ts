import type { Core } from '@strapi/strapi';
import { stripeClient } from '../../stripe';
import { copyRows } from './copies';
import type { SiteMessage } from './protocol';
import { openSite, serviceOf, type Background, type Billing } from './site';

/** Makes the catalogue and one member, fills the mirror with copies, and ends. */
const { BENCH_COUNT = '0' } = process.env;
const { STRIPE_SECRET_KEY: secretKey = '', STRIPE_API_BASE: apiBase = '' } = process.env;

const tell = (message: SiteMessage): void => void process.send?.(message);

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

const main = async (): Promise<void> => {
  const site = await openSite();
  const { strapi } = site;
  const background = serviceOf<Background>(strapi, 'background');
  // The first night's walk, over an empty account.
  await background.idle();
  const template = await makeTemplate(strapi);
  await background.idle();
  tell({ kind: 'template', template });
  await copyRows(strapi, template, Number(BENCH_COUNT));
  tell({ kind: 'seeded' });
  await site.stop();
  process.exit(0);
};

process.on('disconnect', () => process.exit(0));

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
