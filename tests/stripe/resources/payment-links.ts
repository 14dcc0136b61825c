import type Stripe from 'stripe';
import { change, create } from '../events/record';
import { missingParam } from '../http/errors';
import { listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import { newId, token } from '../store/ids';
import { need, type World } from '../world';
import { lineItem } from './checkout-building';
import { metadata } from './fields';

const links = (world: World) => world.tables.paymentLinks;
const url = '/v1/payment_links';

/** Payment links can be made and changed; the page behind one is not simulated. */
export const paymentLinkRoutes: Route[] = [
  route<Stripe.PaymentLinkCreateParams>(`POST ${url}`, ({ world, params }) => {
    const prices = params.line_items.map((item, index) => {
      if (!item.price) throw missingParam(`line_items[${index}][price]`);
      return need(world, (tables) => tables.prices, item.price, `line_items[${index}][price]`);
    });
    const id = newId('plink');
    world.lineItems.set(
      id,
      prices.map((price, index) => {
        const quantity = params.line_items[index]?.quantity ?? 1;
        return lineItem(world, { price, quantity }, price.currency);
      })
    );
    return create(
      world,
      links(world),
      {
        id,
        object: 'payment_link',
        active: true,
        after_completion: {
          hosted_confirmation: { custom_message: null },
          type: 'hosted_confirmation',
        },
        allow_promotion_codes: params.allow_promotion_codes ?? false,
        application: null,
        application_fee_amount: null,
        application_fee_percent: null,
        automatic_tax: { enabled: false, liability: null },
        billing_address_collection: params.billing_address_collection ?? 'auto',
        consent_collection: null,
        currency: prices[0]?.currency ?? 'usd',
        custom_fields: [],
        custom_text: {
          after_submit: null,
          shipping_address: null,
          submit: null,
          terms_of_service_acceptance: null,
        },
        customer_creation: params.customer_creation ?? 'if_required',
        inactive_message: null,
        invoice_creation: null,
        livemode: world.livemode,
        managed_payments: null,
        metadata: metadata(params.metadata),
        on_behalf_of: null,
        payment_intent_data: null,
        payment_method_collection: params.payment_method_collection ?? 'always',
        payment_method_options: null,
        payment_method_types: params.payment_method_types ?? null,
        phone_number_collection: { enabled: false },
        restrictions: null,
        shipping_address_collection: null,
        shipping_options: [],
        submit_type: params.submit_type ?? 'auto',
        subscription_data: null,
        tax_id_collection: { enabled: false, required: 'never' },
        transfer_data: null,
        url: `${world.url()}/b/${token(16)}`,
      },
      'payment_link.created'
    );
  }),

  route<Stripe.PaymentLinkListParams>(`GET ${url}`, ({ world, params }) =>
    listPage(links(world).newestFirst(), url, params)
  ),

  route<Stripe.PaymentLinkRetrieveParams>(`GET ${url}/{link}`, ({ world, id }) =>
    need(world, (tables) => tables.paymentLinks, id)
  ),

  route<Stripe.PaymentLinkListLineItemsParams>(
    `GET ${url}/{link}/line_items`,
    ({ world, id, params }) => {
      need(world, (tables) => tables.paymentLinks, id);
      return listPage(world.lineItems.get(id) ?? [], `${url}/${id}/line_items`, params);
    }
  ),

  route<Stripe.PaymentLinkUpdateParams>(`POST ${url}/{link}`, ({ world, id, params }) => {
    const was = need(world, (tables) => tables.paymentLinks, id);
    const changes = {
      active: params.active ?? was.active,
      allow_promotion_codes: params.allow_promotion_codes ?? was.allow_promotion_codes,
      metadata: metadata(params.metadata, was.metadata),
    };
    return change(world, links(world), id, changes, 'payment_link.updated');
  }),
];
