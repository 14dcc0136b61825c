import type { GrantSource, IsoDate, MinorUnits, One, TierRef } from './common';
import type { GrantRow, SubscriptionRow } from './members';

/** `POST /api/memberships/checkout` */
export interface CheckoutInput {
  /** documentId of an active price. */
  price: string;
  /** Absolute, on an allowed origin; `{CHECKOUT_SESSION_ID}` is replaced by Stripe. */
  successUrl: string;
  cancelUrl: string;
  promotionCode?: string;
  /**
   * A guest's, when it is known: Stripe's page begins with it, and a trial that its member has used
   * is not offered. Of no meaning for who is signed in.
   */
  email?: string;
}

export type CheckoutResponse = One<{ url: string; sessionId: string }>;

/** `POST /api/memberships/checkout/sync`: what the success page calls; the same sync as a webhook. */
export interface CheckoutSyncInput {
  sessionId: string;
}

export type CheckoutSyncResponse = One<{
  /** The session's own status in Stripe. */
  status: 'open' | 'complete' | 'expired';
  /** The grants of what was bought are written. */
  synced: boolean;
  /** What happens to the account of a guest: a mail to set a password, or to claim by signing in. */
  account: 'member' | 'set-password' | 'claim' | null;
}>;

/** A tier held now: why, and until when. */
export interface HeldTier extends TierRef {
  sources: GrantSource[];
  /** null: no end known. */
  until: IsoDate | null;
  /** Held because another tier includes it. */
  includedBy: TierRef | null;
}

export interface NextPayment {
  /** Before discounts and taxes. */
  amount: MinorUnits;
  currency: string;
  exponent: number;
  date: IsoDate;
}

/** `GET /api/memberships/me` */
export interface Me {
  member: {
    documentId: string;
    email: string | null;
    name: string | null;
    suspendedAt: IsoDate | null;
  };
  tiers: HeldTier[];
  grants: GrantRow[];
  subscriptions: SubscriptionRow[];
  nextPayment: NextPayment | null;
}

export type MeResponse = One<Me>;

/** `POST /api/memberships/me/portal` */
export interface PortalInput {
  /** Absolute, on an allowed origin. */
  returnUrl: string;
}

export type PortalResponse = One<{ url: string }>;

/** `POST /api/memberships/me/claim`: links a guest's purchase to the signed-in user, once. */
export interface ClaimInput {
  token: string;
}
