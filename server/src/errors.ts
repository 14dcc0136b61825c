import { errors } from '@strapi/utils';
import type { ErrorCode } from '../../contracts';

export interface ErrorDetails {
  code?: ErrorCode;
  /** The key of the body or query that is wrong, as the caller wrote it. */
  field?: string;
  [key: string]: unknown;
}

const NAMES: Readonly<Record<number, string>> = {
  400: 'ValidationError',
  401: 'UnauthorizedError',
  403: 'ForbiddenError',
  404: 'NotFoundError',
  409: 'ConflictError',
  413: 'PayloadTooLargeError',
  429: 'RateLimitError',
  502: 'BadGatewayError',
  503: 'ServiceUnavailableError',
};

/**
 * What a caller did wrong, or what is not to be had now, in Strapi's error shape. Strapi's own
 * classes know no 409, 502 or 503 (`@strapi/core` services/errors), hence the `status`, which
 * `action` answers with.
 */
export class RequestError extends errors.ApplicationError<string, string, ErrorDetails> {
  readonly status: number;

  constructor(status: number, message: string, details: ErrorDetails = {}) {
    super(message, details);
    this.status = status;
    this.name = NAMES[status] ?? 'ApplicationError';
  }
}

export const badRequest = (message: string, details?: ErrorDetails) =>
  new RequestError(400, message, details);
export const notFound = (message: string, details?: ErrorDetails) =>
  new RequestError(404, message, details);
export const conflict = (message: string, details?: ErrorDetails) =>
  new RequestError(409, message, details);
