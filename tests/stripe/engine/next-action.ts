import { token } from '../store/ids';
import type { PaymentIntent, SetupIntent } from '../types';
import type { World } from '../world';

/**
 * What the holder of a card has to do: go to a page when there is somewhere to return to, else
 * whatever Stripe.js makes of it in the browser, as recorded.
 */
export function authentication(
  world: World,
  id: string,
  returnUrl: string | undefined
): NonNullable<PaymentIntent['next_action']> & NonNullable<SetupIntent['next_action']> {
  if (returnUrl) {
    const url = `${world.url()}/3ds/${id}`;
    return { type: 'redirect_to_url', redirect_to_url: { return_url: returnUrl, url } };
  }
  return {
    type: 'use_stripe_sdk',
    use_stripe_sdk: {
      directory_server_encryption: {
        algorithm: 'RSA',
        certificate: '',
        directory_server_id: 'A000000003',
        root_certificate_authorities: [''],
      },
      directory_server_name: 'visa',
      merchant: world.account.id,
      one_click_authn: null,
      server_transaction_id: token(36),
      three_d_secure_2_source: `payatt_1${token(23)}`,
      three_ds_frontend_optimizations: null,
      three_ds_method_url: '',
      three_ds_optimizations: 'k',
      type: 'stripe_3ds2_fingerprint',
    },
  };
}
