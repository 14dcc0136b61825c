import type { Price } from '../types';
import type { Redeemable } from './discounts';

/** What a Checkout Session will make once it is paid. */
export interface CheckoutPlan {
  items: { price: Price; quantity: number }[];
  currency: string;
  discounts: Redeemable[];
  /** Whether a single payment gets an invoice. */
  invoice: boolean;
  subscription: {
    metadata: Record<string, string>;
    description: string | null;
    trialDays: number | null;
    /** Seconds. */
    trialEnd: number | null;
    /** Seconds. */
    billingCycleAnchor: number | undefined;
    missingPaymentMethod: string;
  };
  payment: {
    metadata: Record<string, string>;
    description: string | null;
    setupFutureUsage: string | null;
    receiptEmail: string | null;
    captureMethod: string | undefined;
  };
}
