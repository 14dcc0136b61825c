import type Stripe from 'stripe';
import { listPage } from '../http/lists';
import { formerRoute, type Route } from '../http/routes';
import type { Schema } from '../schema/schema-types';
import { isFields } from '../versions/untyped';
import type { World } from '../world';
import { numberParam, textParam } from './fields';
import { previewInvoice } from './invoice-preview';

const today = 'POST /v1/invoices/create_preview';

/** A subscription's changes stood beside it, each under a name of its own. */
const prefixed = /^subscription_(?!details$)(.+)$/;

const lines: Record<string, Schema> = {
  coupon: textParam,
  limit: numberParam,
  starting_after: textParam,
  ending_before: textParam,
};

function asPreviewed(_world: World, raw: unknown): unknown {
  if (!isFields(raw)) return raw;
  const { coupon, ...given } = raw;
  const entries = Object.entries(given);
  const details = entries.flatMap(([key, value]) => {
    const [, name] = prefixed.exec(key) ?? [];
    return name ? [[name, value] as const] : [];
  });
  return {
    ...Object.fromEntries(entries.filter(([key]) => !prefixed.test(key))),
    ...(details.length > 0 ? { subscription_details: Object.fromEntries(details) } : {}),
    ...(coupon ? { discounts: [{ coupon }] } : {}),
  };
}

/** Until basil a preview was what a customer will be billed next, changed by the query. */
export const upcomingInvoiceRoutes: Route[] = [
  formerRoute<Stripe.InvoiceCreatePreviewParams>(
    'GET /v1/invoices/upcoming',
    today,
    ({ world, params }) => previewInvoice(world, params),
    lines,
    asPreviewed
  ),

  formerRoute<Stripe.InvoiceCreatePreviewParams & Stripe.PaginationParams>(
    'GET /v1/invoices/upcoming/lines',
    today,
    ({ world, params }) => {
      const { data } = previewInvoice(world, params).lines;
      return listPage(data, '/v1/invoices/upcoming/lines', params);
    },
    lines,
    asPreviewed
  ),
];
