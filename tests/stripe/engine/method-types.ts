/** Which payment methods the simulated account has switched on, by what they are asked for. */
const dashboard = {
  /** Invoices, of subscriptions too. */
  invoices: ['acss_debit', 'card', 'cashapp', 'link', 'us_bank_account'],
  payments: [
    'card',
    'acss_debit',
    'afterpay_clearpay',
    'alipay',
    'klarna',
    'link',
    'us_bank_account',
    'wechat_pay',
  ],
  setups: [
    'card',
    'bancontact',
    'ideal',
    'sepa_debit',
    'acss_debit',
    'klarna',
    'link',
    'us_bank_account',
  ],
};

export type Purpose = keyof typeof dashboard;

/** Methods that know only some currencies; the others take all. */
const currencies = new Map([
  ['acss_debit', ['cad', 'usd']],
  ['afterpay_clearpay', ['aud', 'cad', 'gbp', 'nzd', 'usd']],
  ['cashapp', ['usd']],
  ['us_bank_account', ['usd']],
]);

/** Methods whose money can be held before it is taken. */
const capturable = new Set(['card', 'afterpay_clearpay', 'klarna', 'link']);

/** The methods Stripe offers when a call names none. */
export function methodTypes(purpose: Purpose, currency?: string, manual = false): string[] {
  return dashboard[purpose].filter(
    (type) =>
      (currency === undefined || (currencies.get(type)?.includes(currency) ?? true)) &&
      (!manual || capturable.has(type))
  );
}

const card = { mandate_options: null, network: null, request_three_d_secure: 'automatic' };
const acssMandate = { interval_description: null, payment_schedule: null, transaction_type: null };

/** `payment_method_options` of a payment, one entry per method that has any. */
export function paymentOptions(types: string[], purpose: Purpose) {
  const invoices = purpose === 'invoices';
  const all = {
    acss_debit: {
      ...(invoices ? { mandate_options: acssMandate } : {}),
      verification_method: 'automatic',
    },
    afterpay_clearpay: { reference: null },
    alipay: {},
    card: { installments: null, ...card },
    cashapp: {},
    klarna: { preferred_locale: null },
    link: { persistent_token: null },
    sepa_debit: {},
    us_bank_account: {
      ...(invoices
        ? {}
        : { financial_connections: { permissions: ['payment_method' as const], prefetch: [] } }),
      mandate_options: {},
      transaction_purpose: 'unspecified',
      verification_method: 'automatic',
    },
    wechat_pay: { app_id: null, client: null },
  };
  return only(all, types);
}

/** The same of a setup, where fewer have any. */
export function setupOptions(types: string[]) {
  const all = { card, us_bank_account: { mandate_options: {}, verification_method: 'automatic' } };
  return only(all, types);
}

function only<All extends object>(all: All, types: string[]): Partial<All> {
  const kept: Partial<All> = { ...all };
  for (const key in all) if (!types.includes(key)) delete kept[key];
  return kept;
}
