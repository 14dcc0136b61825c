import type { Simulator } from '../simulator';
import { number, text, type Given } from './given';

/** The control doors of what banks do. */
export function bankDoors({ bank }: Simulator): Record<string, (given: Given) => unknown> {
  return {
    'POST /_sim/disputes': (given) => {
      const reason = text(given, 'reason');
      return bank.openDispute(text(given, 'charge') ?? '', {
        inquiry: given.inquiry === true,
        ...(reason ? { reason } : {}),
      });
    },
    'POST /_sim/disputes/close': (given) =>
      bank.closeDispute(text(given, 'dispute') ?? '', given.won === true),
    'POST /_sim/fraud_warnings': (given) => {
      bank.warnOfFraud(text(given, 'charge') ?? '');
      return { warned: true };
    },
    'POST /_sim/cards': (given) => {
      const [month, year] = [number(given, 'exp_month'), number(given, 'exp_year')];
      const last4 = text(given, 'last4');
      bank.replaceCard(text(given, 'payment_method') ?? '', {
        ...(month === undefined ? {} : { exp_month: month }),
        ...(year === undefined ? {} : { exp_year: year }),
        ...(last4 ? { last4 } : {}),
      });
      return { replaced: true };
    },
  };
}
