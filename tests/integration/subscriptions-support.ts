import type Stripe from 'stripe';
import type { SubscriptionRow } from '../../contracts';
import type { Reader, Shop } from '../support/shop';

/** What a subscription is made of at Stripe, as the dashboard or a site's own code would make it. */
export interface Desk {
  /** Stripe's id of a price of ours. */
  stripePrice(documentId: string): Promise<string>;
  /** A price of a product that our catalogue does not know. */
  foreignPrice(): Promise<string>;
  /** The reader's Stripe customer, made when there is none; `card: null` for one without. */
  customerOf(reader: Reader, card?: string | null): Promise<string>;
  /** A subscription made at Stripe, synchronised. */
  subscribe(
    reader: Reader,
    params: Omit<Stripe.SubscriptionCreateParams, 'customer'>,
    card?: string | null
  ): Promise<Stripe.Subscription>;
  /** A reader's subscription as `GET me` shows it. */
  mine(reader: Reader, id: string): Promise<SubscriptionRow>;
  /** Slugs of the tiers a reader holds, in order. */
  held(reader: Reader): Promise<string[]>;
  /** The member's ledger, in order. */
  ledger(reader: Reader): Promise<{ kind: string; mrrChange: string; memberChange: number }[]>;
}

export const openDesk = (shop: Shop): Desk => {
  const desk: Desk = {
    async stripePrice(documentId) {
      const row = await shop.rows('price').findOne({ where: { documentId } });
      if (!row?.stripeId) throw new Error(`price ${documentId} is not in Stripe`);
      return row.stripeId;
    },
    async foreignPrice() {
      const product = await shop.client.products.create({ name: 'A mug of another shop' });
      const recurring = { interval: 'month' } as const;
      const price = { product: product.id, unit_amount: 500, currency: 'eur', recurring };
      return (await shop.client.prices.create(price)).id;
    },
    async customerOf(reader, card = 'pm_card_visa') {
      const { member } = await shop.me(reader);
      const where = { member: { documentId: member.documentId }, current: true };
      const row = await shop.rows('customer').findOne({ where });
      if (row?.stripeId) return row.stripeId;
      const { id } = await shop.client.customers.create({
        email: reader.email,
        metadata: { member: member.documentId },
        ...(card && { payment_method: card, invoice_settings: { default_payment_method: card } }),
      });
      return id;
    },
    async subscribe(reader, params, card) {
      const customer = await desk.customerOf(reader, card);
      const made = await shop.client.subscriptions.create({ customer, ...params });
      await shop.settle();
      return made;
    },
    async mine(reader, id) {
      const { subscriptions } = await shop.me(reader);
      const found = subscriptions.find(({ stripeId }) => stripeId === id);
      if (!found) throw new Error(`${id} is not theirs`);
      return found;
    },
    async held(reader) {
      return (await shop.me(reader)).tiers.map(({ slug }) => slug).sort();
    },
    async ledger(reader) {
      const { member } = await shop.me(reader);
      const where = { member: { documentId: member.documentId } };
      const rows = await shop.rows('movement').findMany({ where, orderBy: { id: 'asc' } });
      return rows.map(({ kind, mrrChange, memberChange }) => ({ kind, mrrChange, memberChange }));
    },
  };
  return desk;
};
