import type {
  DisputeFacts,
  GrantFacts,
  Instant,
  PaymentRecord,
  Policy,
  RevokedReason,
} from './facts';

/** Since when a grant is withheld, and why. */
export interface Withholding {
  since: Instant;
  reason: RevokedReason;
}

type MoneyPolicy = Pick<Policy, 'fullRefund' | 'dispute'>;

/** An inquiry (`warning_…`) asks, and takes no money: docs.stripe.com/disputes/how-disputes-work. */
export const isDisputed = ({ status }: Pick<DisputeFacts, 'status'>): boolean =>
  !status.startsWith('warning_');

const CLOSED = new Set(['won', 'lost', 'prevented']);

/** A bank has the money, and has not decided. */
export const isOpenDispute = (dispute: DisputeFacts): boolean =>
  isDisputed(dispute) && !CLOSED.has(dispute.status);

/** The bank gave the money back: the same to the site as a refund of that amount. */
const isLost = ({ status }: DisputeFacts): boolean => status === 'lost' || status === 'prevented';

const disputesOf = (payments: readonly PaymentRecord[]): DisputeFacts[] =>
  payments.flatMap(({ charges }) => charges.flatMap(({ disputes }) => disputes));

/** A payment that begins or renews what is paid for; a credit note in form of a bill of 0 does not. */
const paysATerm = ({ status, amountPaid, billingReason }: PaymentRecord): boolean =>
  status === 'paid' && (amountPaid > 0 || billingReason === 'subscription_cycle');

const latest = (payments: readonly PaymentRecord[]): PaymentRecord | undefined =>
  payments
    .filter(paysATerm)
    .toSorted(
      (one, other) => one.created - other.created || (one.stripeId < other.stripeId ? -1 : 1)
    )
    .at(-1);

/**
 * When all of a payment had gone back; null while some of it is there.
 *
 * @param lost whether lost disputes count
 */
const returnedAt = (payment: PaymentRecord, lost: boolean): Instant | null => {
  const disputes = lost ? disputesOf([payment]).filter(isLost) : [];
  const refunded = payment.charges.reduce((sum, charge) => sum + charge.amountRefunded, 0);
  const returned = disputes.reduce((sum, { amount }) => sum + amount, refunded);
  if (payment.amountPaid <= 0 || returned < payment.amountPaid) return null;
  const refunds = payment.charges
    .flatMap((charge) => charge.refunds)
    .filter(({ status }) => status !== 'failed' && status !== 'canceled');
  return Math.max(...[...refunds, ...disputes].map(({ created }) => created), payment.created);
};

/**
 * Whether what one source gives is withheld for what became of its money: while a payment of it is
 * disputed; and, where the owner wants it so, from the full refund of what was last paid for it until
 * something is paid again.
 *
 * @param payments every payment of one subscription, or of one purchase
 */
export const withholdingOf = (
  payments: readonly PaymentRecord[],
  policy: MoneyPolicy
): Withholding | null => {
  const suspends = policy.dispute === 'suspend';
  const open = suspends ? disputesOf(payments).filter(isOpenDispute) : [];
  if (open.length > 0) {
    return { since: Math.min(...open.map(({ created }) => created)), reason: 'dispute' };
  }
  const last = policy.fullRefund === 'end' ? latest(payments) : undefined;
  const since = last ? returnedAt(last, suspends) : null;
  return since === null ? null : { since, reason: 'refund' };
};

type Source = Pick<GrantFacts, 'subscription' | 'reference'>;

/** What was paid for a grant: its subscription's payments, or the one of its checkout. */
const paymentsFor = (
  { subscription, reference }: Source,
  payments: readonly PaymentRecord[]
): PaymentRecord[] =>
  payments.filter((payment) =>
    subscription === null
      ? payment.checkoutSession !== null && reference?.startsWith(`${payment.checkoutSession}:`)
      : payment.subscription === subscription
  );

/** A grant's revocation, as it is to be written. */
export interface Revocation {
  revokedAt: Instant | null;
  revokedReason: RevokedReason | null;
}

export const NOT_REVOKED: Revocation = { revokedAt: null, revokedReason: null };

/** How a grant that is made now is born: withheld when what paid for it is. */
export const revocationOf = (
  grant: Source & { startsAt: Instant },
  payments: readonly PaymentRecord[],
  policy: MoneyPolicy
): Revocation => {
  const withheld = withholdingOf(paymentsFor(grant, payments), policy);
  if (!withheld) return NOT_REVOKED;
  return {
    revokedAt: Math.max(withheld.since, grant.startsAt),
    revokedReason: withheld.reason,
  };
};

/**
 * The grants whose revocation has to change. Nothing but the revocation is written, so that a grant
 * comes back exactly as it was; what a person revoked stays revoked, and where nothing is known of the
 * money nothing is decided.
 */
export const revocationsOf = (
  grants: readonly GrantFacts[],
  payments: readonly PaymentRecord[],
  policy: MoneyPolicy
): (Revocation & { id: number })[] =>
  grants.flatMap((grant) => {
    const byHand = grant.revokedAt !== null && grant.revokedReason === null;
    if (byHand || paymentsFor(grant, payments).length === 0) return [];
    const wanted = revocationOf(grant, payments, policy);
    const same =
      grant.revokedAt === wanted.revokedAt && grant.revokedReason === wanted.revokedReason;
    return same ? [] : [{ id: grant.id, ...wanted }];
  });
