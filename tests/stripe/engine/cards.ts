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
  /** What happens once it has paid. https://docs.stripe.com/testing#disputes */
  afterwards?: 'dispute' | 'not_received' | 'inquiry' | 'fraud_warning';
  /** Refunds to it fail, a moment later. https://docs.stripe.com/testing#refunds */
  refund?: 'fails' | 'pends';
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
  pm_card_diners: card('diners', '1667'),
  pm_card_jcb: card('jcb', '0505'),
  pm_card_unionpay: card('unionpay', '0005'),
  pm_card_de: card('visa', '0003', { country: 'DE' }),
  pm_card_gb: card('visa', '0008', { country: 'GB' }),
  pm_card_jp: card('visa', '0010', { country: 'JP' }),
  pm_card_chargeCustomerFail: card('visa', '0341', { charge: declined('generic_decline') }),
  pm_card_authenticationRequired: card('visa', '3184', { authenticate: true, country: 'DE' }),
  pm_card_authenticationRequiredOnSetup: card('visa', '3155', { authenticate: true }),
  pm_card_threeDSecure2Required: card('visa', '3220', { authenticate: true }),
  pm_card_threeDSecureRequired: card('visa', '3063', { authenticate: true }),
  pm_card_bypassPending: card('visa', '0077'),
  pm_card_createDispute: card('visa', '0259', { afterwards: 'dispute' }),
  pm_card_createDisputeProductNotReceived: card('visa', '2685', { afterwards: 'not_received' }),
  pm_card_createDisputeInquiry: card('visa', '1976', { afterwards: 'inquiry' }),
  pm_card_createIssuerFraudRecord: card('visa', '5423', { afterwards: 'fraud_warning' }),
  pm_card_pendingRefund: card('visa', '7726', { refund: 'pends' }),
  pm_card_refundFail: card('visa', '5126', { refund: 'fails' }),
  pm_card_chargeDeclined: refused('0002', declined('generic_decline')),
  pm_card_visa_chargeDeclined: refused('0002', declined('generic_decline')),
  pm_card_chargeDeclinedInsufficientFunds: refused('9995', declined('insufficient_funds')),
  pm_card_chargeDeclinedExpiredCard: refused('0069', expired),
  pm_card_visa_chargeDeclinedInsufficientFunds: refused('9995', declined('insufficient_funds')),
  pm_card_visa_chargeDeclinedLostCard: refused('9987', declined('lost_card', 'do_not_try_again')),
  pm_card_visa_chargeDeclinedStolenCard: refused(
    '9979',
    declined('stolen_card', 'do_not_try_again')
  ),
  pm_card_chargeDeclinedIncorrectCvc: refused('0127', {
    code: 'incorrect_cvc',
    declineCode: 'incorrect_cvc',
    message: "Your card's security code is incorrect.",
    networkDeclineCode: 'N7',
  }),
  pm_card_chargeDeclinedProcessingError: refused('0119', {
    code: 'processing_error',
    declineCode: 'processing_error',
    message: 'An error occurred while processing your card. Try again in a little bit.',
    networkDeclineCode: '06',
  }),
  pm_card_chargeDeclinedFraudulent: refused('0019', declined('fraudulent', 'do_not_try_again')),
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
