/** The `error` object of an answer. https://docs.stripe.com/api/errors */
export interface ErrorBody {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  message: string;
  code?: string;
  param?: string;
  decline_code?: string;
  advice_code?: string;
  network_decline_code?: string;
  charge?: string;
  payment_intent?: object;
  payment_method?: object;
  setup_intent?: object;
  doc_url?: string;
  request_log_url?: string;
}

/** Thrown anywhere below a route; the server answers it as Stripe would. */
export class StripeFailure extends Error {
  constructor(
    readonly status: number,
    readonly body: ErrorBody
  ) {
    super(body.message);
  }
}

/** 400 `invalid_request_error`. */
export function invalid(message: string, param?: string, code?: string): StripeFailure {
  return new StripeFailure(400, {
    type: 'invalid_request_error',
    message,
    ...(code ? { code } : {}),
    ...(param === undefined ? {} : { param }),
  });
}

/** 400 `parameter_missing`. */
export function missingParam(param: string): StripeFailure {
  return invalid(`Missing required param: ${param}.`, param, 'parameter_missing');
}

/** `resource_missing`: 404 for the object a path names, 400 for one a parameter names. */
export function noSuch(label: string, id: string, param: string, elsewhere?: string) {
  const hint = elsewhere
    ? `; a similar object exists in ${elsewhere} mode, but a ${
        elsewhere === 'live' ? 'test' : 'live'
      } mode key was used to make this request.`
    : '';
  return new StripeFailure(param === 'id' ? 404 : 400, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${label}: '${id}'${hint}`,
    param,
  });
}

/** 401: no key, or one that is no key. */
export function unauthorized(message: string): StripeFailure {
  return new StripeFailure(401, { type: 'invalid_request_error', message });
}

/** 402 `card_error`. */
export function cardError(body: Omit<ErrorBody, 'type'>): StripeFailure {
  return new StripeFailure(402, { type: 'card_error', ...body });
}
