import type Stripe from 'stripe';
import { change, create } from '../events/record';
import { invalid } from '../http/errors';
import { listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import { newId, token } from '../store/ids';
import type { PortalConfiguration, PortalSession, Stored } from '../types';
import { need, type World } from '../world';
import { metadata, text } from './fields';
import { featuresOf } from './portal-features';

type Given = Stored<Stripe.BillingPortal.ConfigurationCreateParams>;
type SessionGiven = Stored<Stripe.BillingPortal.SessionCreateParams>;

const configurations = (world: World) => world.tables.portalConfigurations;

export const portalRoutes: Route[] = [
  route<Stripe.BillingPortal.ConfigurationCreateParams>(
    'POST /v1/billing_portal/configurations',
    ({ world, params }) =>
      create(
        world,
        configurations(world),
        buildConfiguration(world, params, false),
        'billing_portal.configuration.created'
      )
  ),

  route<Stripe.BillingPortal.ConfigurationListParams>(
    'GET /v1/billing_portal/configurations',
    ({ world, params }) => {
      const rows = configurations(world)
        .newestFirst()
        .filter(
          (row) =>
            (params.active === undefined || row.active === params.active) &&
            (params.is_default === undefined || row.is_default === params.is_default)
        );
      return listPage(rows, '/v1/billing_portal/configurations', params);
    }
  ),

  route<Stripe.BillingPortal.ConfigurationRetrieveParams>(
    'GET /v1/billing_portal/configurations/{configuration}',
    ({ world, id }) => need(world, (tables) => tables.portalConfigurations, id)
  ),

  route<Stripe.BillingPortal.ConfigurationUpdateParams>(
    'POST /v1/billing_portal/configurations/{configuration}',
    ({ world, id, params }) => {
      const was = need(world, (tables) => tables.portalConfigurations, id);
      return change(
        world,
        configurations(world),
        id,
        {
          active: params.active ?? was.active,
          business_profile: {
            headline: text(params.business_profile?.headline, was.business_profile.headline),
            privacy_policy_url: text(
              params.business_profile?.privacy_policy_url,
              was.business_profile.privacy_policy_url
            ),
            terms_of_service_url: text(
              params.business_profile?.terms_of_service_url,
              was.business_profile.terms_of_service_url
            ),
          },
          default_return_url: text(params.default_return_url, was.default_return_url),
          features: featuresOf(params.features, was.features),
          metadata: metadata(params.metadata, was.metadata ?? {}),
          name: text(params.name, was.name),
          updated: world.now(),
        },
        'billing_portal.configuration.updated'
      );
    }
  ),

  route<Stripe.BillingPortal.SessionCreateParams>(
    'POST /v1/billing_portal/sessions',
    ({ world, params }) => {
      const customer = params.customer ?? '';
      need(world, (tables) => tables.customers, customer, 'customer');
      if (params.return_url !== undefined && !URL.canParse(params.return_url)) {
        throw invalid('Not a valid URL', 'return_url', 'url_invalid');
      }
      const configuration = params.configuration
        ? need(
            world,
            (tables) => tables.portalConfigurations,
            params.configuration,
            'configuration'
          )
        : defaultConfiguration(world);
      return create(
        world,
        world.tables.portalSessions,
        {
          id: newId('bps'),
          object: 'billing_portal.session',
          configuration: configuration.id,
          created: world.now(),
          customer,
          customer_account: null,
          flow: flowOf(params.flow_data),
          livemode: world.livemode,
          locale: params.locale ?? null,
          on_behalf_of: null,
          return_url: params.return_url ?? configuration.default_return_url,
          url: `${world.url()}/p/session/${world.livemode ? 'live' : 'test'}_${token(40)}`,
        },
        'billing_portal.session.created'
      );
    }
  ),
];

/** The configuration Stripe uses when none is named; made when it is first needed. */
function defaultConfiguration(world: World): PortalConfiguration {
  const known = configurations(world).filter((row) => row.is_default)[0];
  if (known) return known;
  const features = {
    customer_update: { enabled: true },
    invoice_history: { enabled: true },
    payment_method_update: { enabled: true },
    subscription_cancel: { enabled: true },
  };
  return configurations(world).put(buildConfiguration(world, { features }, true));
}

function buildConfiguration(world: World, given: Given, isDefault: boolean): PortalConfiguration {
  const now = world.now();
  return {
    id: newId('bpc'),
    object: 'billing_portal.configuration',
    active: true,
    application: null,
    business_profile: {
      headline: text(given.business_profile?.headline, null),
      privacy_policy_url: text(given.business_profile?.privacy_policy_url, null),
      terms_of_service_url: text(given.business_profile?.terms_of_service_url, null),
    },
    created: now,
    default_return_url: text(given.default_return_url, null),
    features: featuresOf(given.features),
    is_default: isDefault,
    livemode: world.livemode,
    login_page: { enabled: given.login_page?.enabled ?? false, url: null },
    metadata: metadata(given.metadata),
    name: text(given.name, null),
    updated: now,
  };
}

/** The one thing a link into the portal is for. */
function flowOf(given: SessionGiven['flow_data']): PortalSession['flow'] {
  if (!given) return null;
  const {
    after_completion: after,
    subscription_cancel: cancel,
    subscription_update: update,
    subscription_update_confirm: confirm,
  } = given;
  return {
    after_completion: {
      hosted_confirmation: null,
      redirect: after?.redirect ? { return_url: after.redirect.return_url } : null,
      type: after?.type ?? 'portal_homepage',
    },
    customer_update: null,
    subscription_cancel: cancel ? { retention: null, subscription: cancel.subscription } : null,
    subscription_pause: null,
    subscription_update: update ? { subscription: update.subscription } : null,
    subscription_update_confirm: confirm
      ? {
          discounts: null,
          items: confirm.items.map(({ id, price, quantity }) => ({
            id,
            price: price ?? null,
            ...(quantity === undefined ? {} : { quantity }),
          })),
          subscription: confirm.subscription,
        }
      : null,
    type: given.type,
  };
}
