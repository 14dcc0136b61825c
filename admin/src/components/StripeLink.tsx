import { Link } from '@strapi/design-system';

interface StripeLinkProps {
  kind: 'customers' | 'subscriptions' | 'products' | 'prices' | 'invoices';
  stripeId: string;
  livemode: boolean;
}

/** Opens the object in Stripe's dashboard, in the mode it belongs to. */
export const StripeLink = ({ kind, stripeId, livemode }: StripeLinkProps) => (
  <Link
    isExternal
    href={`https://dashboard.stripe.com/${livemode ? '' : 'test/'}${kind}/${encodeURIComponent(stripeId)}`}
    style={{ overflowWrap: 'anywhere' }}
  >
    {stripeId}
  </Link>
);
