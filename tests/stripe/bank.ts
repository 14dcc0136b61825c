import { afterCharge, closeDispute, openDispute } from './engine/disputes';
import { change, emit } from './events/record';
import { noSuch } from './http/errors';
import type { Dispute } from './types';
import type { World } from './world';

/** What a card network tells Stripe about a card that was replaced. */
export interface NewCard {
  exp_month?: number;
  exp_year?: number;
  /** Also decides what the card does: `0341` fails from now on. */
  last4?: string;
}

/** What banks and card networks do without anybody asking. */
export function createBank(worlds: World[]) {
  const holding = (pick: (world: World) => boolean, id: string): World => {
    const world = worlds.find(pick);
    if (world) return world;
    throw noSuch('object', id, 'id');
  };

  return {
    /** A cardholder disputes a charge; an inquiry asks first and takes nothing yet. */
    openDispute: (
      charge: string,
      { reason = 'fraudulent', inquiry = false }: { reason?: string; inquiry?: boolean } = {}
    ): Dispute => {
      const world = holding(({ tables }) => tables.charges.get(charge) !== undefined, charge);
      const row = world.tables.charges.get(charge);
      if (!row) throw noSuch('charge', charge, 'id');
      return openDispute(world, row, reason, inquiry);
    },

    /** The bank decides a dispute. */
    closeDispute: (dispute: string, won: boolean): Dispute => {
      const world = holding(({ tables }) => tables.disputes.get(dispute) !== undefined, dispute);
      const row = world.tables.disputes.get(dispute);
      if (!row) throw noSuch('dispute', dispute, 'id');
      return closeDispute(world, row, won);
    },

    /** An issuer suspects fraud: `radar.early_fraud_warning.created`. */
    warnOfFraud: (charge: string): void => {
      const world = holding(({ tables }) => tables.charges.get(charge) !== undefined, charge);
      const row = world.tables.charges.get(charge);
      if (row) afterCharge(world, row, 'fraud_warning');
    },

    /** A card was replaced: `payment_method.automatically_updated`. */
    replaceCard: (method: string, card: NewCard): void => {
      const world = holding(
        ({ tables }) => tables.paymentMethods.get(method) !== undefined,
        method
      );
      const row = world.tables.paymentMethods.get(method);
      if (!row?.card) return;
      const after = change(world, world.tables.paymentMethods, method, {
        card: { ...row.card, ...card },
      });
      emit(world, 'payment_method.automatically_updated', after, { card: row.card });
    },
  };
}
