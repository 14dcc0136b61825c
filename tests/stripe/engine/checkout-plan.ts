import type { Price } from '../types';
import type { Redeemable } from './discounts';

/** What a Checkout Session will make once it is paid. */
export interface CheckoutPlan {
  items: { price: Price; quantity: number }[];
  discounts: Redeemable[];
  subscription: {
    metadata: Record<string, string>;
    description: string | null;
    trialDays: number | null;
    /** Seconds. */
    trialEnd: number | null;
    missingPaymentMethod: string;
  };
  payment: {
    metadata: Record<string, string>;
    description: string | null;
    setupFutureUsage: string | null;
    receiptEmail: string | null;
  };
}
