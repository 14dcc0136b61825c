import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { Context } from 'koa';

/**
 * Strapi's services and registries where its own types leave `any`: each declared once, as read in
 * the file that is named beside it (5.54.0).
 */

/** `@strapi/core` registries/models. */
export interface ModelsRegistry {
  add(model: object): unknown;
}
export const modelsOf = (strapi: Core.Strapi): ModelsRegistry => strapi.get('models');

export type MiddlewareFactory = (
  config: unknown,
  context: { strapi: Core.Strapi }
) => (ctx: Context, next: () => Promise<void>) => Promise<void>;

/** `@strapi/core` registries/middlewares. */
export interface MiddlewaresRegistry {
  extend(uid: string, wrap: (factory: MiddlewareFactory) => MiddlewareFactory): unknown;
}
export const middlewaresOf = (strapi: Core.Strapi): MiddlewaresRegistry =>
  strapi.get('middlewares');

/** `@strapi/core` registries/hooks. */
interface Hook {
  register(work: () => void): unknown;
}
/** Called when every model is known and no table is touched yet. */
export const beforeSync = (strapi: Core.Strapi): Hook => {
  const hooks: { get(name: string): Hook } = strapi.get('hooks');
  return hooks.get('strapi::content-types.beforeSync');
};

/** `@strapi/admin` services/permission: registers actions for the Roles screen. */
interface AdminPermissions {
  actionProvider: { registerMany(actions: object[]): Promise<void> };
}
export const adminPermissionsOf = (strapi: Core.Strapi): AdminPermissions => {
  const services: { get(uid: string): AdminPermissions } = strapi.get('services');
  return services.get('admin::permission');
};

/** `@strapi/email` services/email. */
interface EmailService {
  send(mail: { to: string; subject: string; text: string; html: string }): Promise<unknown>;
}
export const emailOf = (strapi: Core.Strapi): EmailService =>
  strapi.plugin('email').service<EmailService & Core.Service>('email');

/** `@strapi/plugin-users-permissions` services/users-permissions. */
interface UsersPermissions {
  /** Makes the roles of a new site, once. */
  initialize(): Promise<void>;
}
export const usersPermissionsOf = (strapi: Core.Strapi): UsersPermissions =>
  strapi.plugin('users-permissions').service<UsersPermissions & Core.Service>('users-permissions');

/** `@strapi/plugin-users-permissions` services/jwt. */
interface Jwt {
  /** What the request's token says; rejects a token that is not one of its own. */
  getToken(ctx: Context): Promise<unknown>;
}
export const jwtOf = (strapi: Core.Strapi): Jwt =>
  strapi.plugin('users-permissions').service<Jwt & Core.Service>('jwt');

/** One of users-permissions' advanced settings, as its screen in the admin saved it. */
export const advancedSetting = async (strapi: Core.Strapi, key: string): Promise<unknown> =>
  property(
    await strapi.store({ type: 'plugin', name: 'users-permissions', key: 'advanced' }).get({}),
    key
  );

/** `@strapi/database` index: what the callback of `transaction` is given. */
interface TransactionTools {
  trx: Knex.Transaction;
  /** Runs once the outermost transaction is committed. */
  onCommit: (work: () => void) => void;
}

/** Strapi's transaction, which joins the open one. */
export const strapiTransaction = async <T>(
  strapi: Core.Strapi,
  work: (tools: TransactionTools) => Promise<T>
): Promise<T> =>
  // Strapi types the answer as a promise of the callback's promise; awaiting flattens both.
  await strapi.db.transaction(work);

/** `@strapi/i18n` services/locales. */
interface Locales {
  find(): Promise<{ code: string }[]>;
  getDefaultLocale(): Promise<string>;
}
export const localesOf = (strapi: Core.Strapi): Locales =>
  strapi.plugin('i18n').service<Locales & Core.Service>('locales');

/** A row of a type that is not ours, where only its id matters. */
export const findId = async (
  strapi: Core.Strapi,
  uid: string,
  where: Record<string, unknown>
): Promise<number | null> => {
  const row: unknown = await strapi.db.query(uid).findOne({ where, select: ['id'] });
  const id: unknown = typeof row === 'object' && row !== null ? Reflect.get(row, 'id') : null;
  return typeof id === 'number' ? id : null;
};

/**
 * A parameter of the route's path; the router decodes it. Nothing is called by a name with a NUL in
 * it, which PostgreSQL refuses to look for.
 */
export const routeParam = (ctx: Context, name: string): string => {
  const value: unknown = Reflect.get(ctx.params ?? {}, name);
  return typeof value === 'string' && !value.includes('\0') ? value : '';
};

/** A property of something unknown. */
export const property = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
