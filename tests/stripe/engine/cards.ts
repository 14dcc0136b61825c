import type { ErrorBody } from '../http/errors';

/** How the issuer answers. https://docs.stripe.com/testing#declined-payments */
export interface Decline {
  code: string;
  declineCode: string;
  message: string;
  adviceCode?: string;
  networkDeclineCode: string;
}

export interface TestCard {
  brand: string;
  last4: string;
  funding: 'credit' | 'debit' | 'prepaid';
  country: string;
  /** Refused already when it is attached to a customer. */
  attach?: Decline;
  /** Refused when money is asked for. */
  charge?: Decline;
  /** The bank wants the holder to confirm. */
  authenticate?: boolean;
}

const declined = (declineCode: string, adviceCode = 'try_again_later'): Decline => ({
  code: 'card_declined',
  declineCode,
  message:
    declineCode === 'insufficient_funds'
      ? 'Your card has insufficient funds.'
      : 'Your card was declined.',
  adviceCode,
  networkDeclineCode: declineCode === 'insufficient_funds' ? '51' : '01',
});

const expired: Decline = {
  code: 'expired_card',
  declineCode: 'expired_card',
  message: 'Your card has expired.',
  adviceCode: 'do_not_try_again',
  networkDeclineCode: '54',
};

const card = (brand: string, last4: string, more: Partial<TestCard> = {}): TestCard => ({
  brand,
  last4,
  funding: 'credit',
  country: 'US',
  ...more,
});

const refused = (last4: string, decline: Decline) =>
  card('visa', last4, { attach: decline, charge: decline });

/** By the name Stripe gives the test payment method. https://docs.stripe.com/testing */
export const testCards: Record<string, TestCard> = {
  pm_card_visa: card('visa', '4242'),
  pm_card_visa_debit: card('visa', '5556', { funding: 'debit' }),
  pm_card_mastercard: card('mastercard', '4444'),
  pm_card_mastercard_debit: card('mastercard', '3222', { funding: 'debit' }),
  pm_card_mastercard_prepaid: card('mastercard', '5100', { funding: 'prepaid' }),
  pm_card_amex: card('amex', '8431'),
  pm_card_discover: card('discover', '9424'),
  pm_card_diners: card('diners', '3220'),
  pm_card_jcb: card('jcb', '0505'),
  pm_card_unionpay: card('unionpay', '0005'),
  pm_card_de: card('visa', '0003', { country: 'DE' }),
  pm_card_gb: card('visa', '0008', { country: 'GB' }),
  pm_card_jp: card('visa', '0010', { country: 'JP' }),
  pm_card_chargeCustomerFail: card('visa', '0341', { charge: declined('generic_decline') }),
  pm_card_authenticationRequired: card('visa', '3184', { authenticate: true, country: 'DE' }),
  pm_card_chargeDeclined: refused('0002', declined('generic_decline')),
  pm_card_visa_chargeDeclined: refused('0002', declined('generic_decline')),
  pm_card_chargeDeclinedInsufficientFunds: refused('9995', declined('insufficient_funds')),
  pm_card_chargeDeclinedExpiredCard: refused('0069', expired),
};

const byLast4 = new Map(Object.values(testCards).map((each) => [each.last4, each]));

/** The behaviour of a stored card, which its last four digits tell. */
export function cardEnding(last4: string | undefined): TestCard | undefined {
  return last4 === undefined ? undefined : byLast4.get(last4);
}

/** The error object's fields for a decline, as recorded from Stripe. */
export function declineError(decline: Decline): Omit<ErrorBody, 'type'> {
  return {
    code: decline.code,
    message: decline.message,
    decline_code: decline.declineCode,
    network_decline_code: decline.networkDeclineCode,
    ...(decline.adviceCode ? { advice_code: decline.adviceCode } : {}),
  };
}
