import type { Context } from 'koa';
import * as yup from 'yup';
import { badRequest, RequestError } from '../errors';

type Handler = (ctx: Context) => Promise<void>;

/** A controller's action whose `RequestError`s are answered in Strapi's error shape. */
export const action =
  (handler: Handler): Handler =>
  async (ctx) => {
    try {
      await handler(ctx);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      const { status, name, message, details } = error;
      ctx.status = status;
      ctx.body = { data: null, error: { status, name, message, details } };
    }
  };

/** The key that is wrong: the caller's own word for it where the schema knows none. */
const fieldOf = ({ path, type, params }: yup.ValidationError): string =>
  path || (type === 'noUnknown' && String(params?.unknown)) || 'body';

/** yup's own words for a wrong type are long and quote the value. */
const messageOf = (error: yup.ValidationError): string =>
  error.type === 'typeError'
    ? `${fieldOf(error)} must be of type ${String(error.params?.type)}`
    : error.message;

/** The path of the first text in a body or query that holds a NUL: PostgreSQL takes none. */
const nulIn = (value: unknown, path = ''): string | null => {
  if (typeof value === 'string') return value.includes('\0') ? path || 'body' : null;
  if (typeof value !== 'object' || value === null) return null;
  const at = (key: string): string => (Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`);
  for (const [key, part] of Object.entries(value)) {
    const found = nulIn(part, path ? at(key) : key);
    if (found !== null) return found;
  }
  return null;
};

/**
 * A body or query as its schema wants it.
 *
 * @throws RequestError 400 naming the first wrong key in `details.field`, all of them in `details.errors`
 */
export const parse = async <T>(schema: yup.Schema<T>, value: unknown): Promise<T> => {
  const field = nulIn(value);
  if (field !== null) throw badRequest(`${field} must not contain a NUL character`, { field });
  try {
    return await schema.validate(value, { abortEarly: false, stripUnknown: false });
  } catch (error) {
    if (!(error instanceof yup.ValidationError)) throw error;
    const all = error.inner.length > 0 ? error.inner : [error];
    const errors = all.map((one) => ({ field: fieldOf(one), message: messageOf(one) }));
    throw badRequest(errors[0]?.message ?? error.message, { field: errors[0]?.field, errors });
  }
};
