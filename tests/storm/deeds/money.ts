import type { StripeSimulator } from '../../stripe';
import type { Subscription } from '../../stripe/types';
import {
  chargesOf,
  DAY_SECONDS,
  isCurrent,
  openInvoices,
  unconfirmed,
  useCard,
  type Deed,
  type Scene,
} from './deed';

/** Test accounts whose bank takes days to answer: one pays, one does not. */
export const IBANS = ['AT321904300235473204', 'AT051904300235473205'] as const;

const unrefunded = (sim: StripeSimulator, one: Subscription) =>
  chargesOf(sim, one).filter(({ refunded }) => !refunded);

const owes = (one: Subscription, sim: StripeSimulator): boolean =>
  openInvoices(sim, one).length > 0;

/** Something that no subscription makes: a ticket, a book. */
const bill = async ({ stripe, sim, dice, subscription: { customer } }: Scene): Promise<void> => {
  const byMail = dice.happens(0.5);
  const invoice = await stripe.invoices.create({
    customer,
    currency: 'eur',
    auto_advance: true,
    ...(byMail && {
      collection_method: 'send_invoice',
      due_date: Math.floor(sim.now() / 1000) + 7 * DAY_SECONDS,
    }),
  });
  const { id = '' } = invoice;
  await stripe.invoiceItems.create({ customer, invoice: id, amount: 700, currency: 'eur' });
  if (dice.happens(0.5)) await stripe.invoices.finalizeInvoice(id);
};

export const MONEY: readonly Deed[] = [
  {
    name: 'break the card',
    probability: 0.01,
    may: isCurrent,
    act: (scene) => useCard(scene, 'pm_card_chargeCustomerFail'),
  },
  {
    name: 'take a card that asks',
    probability: 0.004,
    may: isCurrent,
    act: (scene) => useCard(scene, 'pm_card_authenticationRequired'),
  },
  {
    name: 'confirm with the bank, or refuse',
    probability: 0.4,
    may: (one, sim) => unconfirmed(sim, one).length > 0,
    act({ sim, dice, subscription }) {
      sim.authenticate(dice.pick(unconfirmed(sim, subscription)), dice.happens(0.7));
      return Promise.resolve();
    },
  },
  {
    name: 'pay by debit',
    probability: 0.005,
    may: isCurrent,
    async act(scene) {
      const { id } = await scene.stripe.paymentMethods.create({
        type: 'sepa_debit',
        sepa_debit: { iban: scene.dice.pick(IBANS) },
        billing_details: { name: 'Debited', email: 'debited@storm.example' },
      });
      await useCard(scene, id);
    },
  },
  {
    name: 'recover',
    probability: 0.12,
    may: ({ status }) => status === 'past_due',
    async act(scene) {
      await useCard(scene, 'pm_card_visa');
      for (const { id } of openInvoices(scene.sim, scene.subscription)) {
        if (id) await scene.stripe.invoices.pay(id);
      }
    },
  },
  {
    name: 'pay in cash',
    probability: 0.02,
    may: owes,
    act({ sim, stripe, subscription, dice }) {
      const { id = '' } = dice.pick(openInvoices(sim, subscription));
      return stripe.invoices.pay(id, { paid_out_of_band: true });
    },
  },
  {
    name: 'have an invoice written off',
    probability: 0.01,
    may: owes,
    act({ sim, stripe, subscription, dice }) {
      const { id = '' } = dice.pick(openInvoices(sim, subscription));
      return dice.happens(0.5)
        ? stripe.invoices.voidInvoice(id)
        : stripe.invoices.markUncollectible(id);
    },
  },
  { name: 'be billed for something else', probability: 0.004, may: isCurrent, act: bill },
  {
    name: 'be refunded',
    probability: 0.006,
    may: (one, sim) => unrefunded(sim, one).length > 0,
    act({ sim, stripe, subscription, dice }) {
      const charge = dice.pick(unrefunded(sim, subscription));
      const left = charge.amount - charge.amount_refunded;
      const amount = dice.happens(0.5) ? left : Math.max(1, Math.floor(left / 3));
      return stripe.refunds.create({ charge: charge.id, amount });
    },
  },
  {
    name: 'dispute',
    probability: 0.003,
    may: (one, sim) => unrefunded(sim, one).length > 0,
    act({ sim, subscription, dice }) {
      sim.bank.openDispute(dice.pick(unrefunded(sim, subscription)).id);
      return Promise.resolve();
    },
  },
];
