import type { FieldDifference } from '../../../../contracts';
import type { PaymentChange } from '../../domain/payments';
import { paymentData } from '../../store';
import { differencesOf, whole } from './differences';

/** What a sync would write of a payment; the link to its page is signed anew each time. */
export const paymentDifferences = ({ before, after }: PaymentChange): FieldDifference[] => {
  if (before === null) return whole(after.stripeId, null, after.status);
  const { hostedInvoiceUrl: _, ...columns } = paymentData(after);
  return differencesOf(
    after.stripeId,
    { ...paymentData(before), stripeId: before.stripeId, subscription: before.subscription },
    { ...columns, stripeId: after.stripeId, subscription: after.subscription }
  );
};
