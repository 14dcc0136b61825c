import type { Core } from '@strapi/strapi';
import type { ParameterizedContext } from 'koa';

/**
 * Strapi's shapes where its own types say `any` or nothing. Each is what Strapi 5.54 passes around;
 * the file it was read in is named beside it.
 */

/** A Koa request as Strapi's request context holds it (`@strapi/core` services/request-context). */
export type RequestContext = ParameterizedContext;

/** One attribute of a schema, as far as a walk over entries needs it. */
export interface Attribute {
  type: string;
  relation?: string;
  target?: string;
  component?: string;
  private?: boolean;
}

/** A content type or component (`strapi.getModel`). */
export interface Model {
  uid: string;
  attributes: Record<string, Attribute>;
  pluginOptions?: Record<string, unknown>;
  options?: { draftAndPublish?: boolean };
}

/** `ctx.state.auth` (`@strapi/core` services/auth): absent on routes with `auth: false`. */
export type Auth = Parameters<Core.Strapi['auth']['verify']>[0];

/** What Strapi puts into `ctx.state` of a content-API request. */
export interface RequestState {
  user?: { id: number; blocked?: boolean | null };
  auth?: Auth;
  route?: { info?: { type?: string } };
}

/** An entry as the database returned it: its schema says what its keys hold. */
export type Entry = Record<string, unknown>;
