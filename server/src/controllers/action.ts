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

/**
 * A body or query as its schema wants it.
 *
 * @throws RequestError 400 naming the first wrong key in `details.field`, all of them in `details.errors`
 */
export const parse = async <T>(schema: yup.Schema<T>, value: unknown): Promise<T> => {
  try {
    return await schema.validate(value, { abortEarly: false, stripUnknown: false });
  } catch (error) {
    if (!(error instanceof yup.ValidationError)) throw error;
    const all = error.inner.length > 0 ? error.inner : [error];
    throw badRequest(error.errors[0] ?? error.message, {
      field: all[0]?.path || undefined,
      errors: all.map(({ path, message }) => ({ field: path, message })),
    });
  }
};
