import type { Core } from '@strapi/strapi';
import type { ParameterizedContext } from 'koa';

/**
 * Strapi's shapes where its own types say `any` or nothing. Each is what Strapi 5.54 passes around;
 * the file it was read in is named beside it.
 */

/** A Koa request as Strapi's request context holds it (`@strapi/core` services/request-context). */
export type RequestContext = ParameterizedContext;

/** A content type or component, as Strapi's sanitizers and traversals take it. */
type SanitizedModel = Parameters<Core.Strapi['contentAPI']['sanitize']['output']>[1];

/** A content type or component with what its schema says to plugins (`strapi.getModel`). */
export interface Model extends SanitizedModel {
  pluginOptions?: Record<string, unknown>;
}

export type Attribute = Model['attributes'][string];

/** `ctx.state.auth` (`@strapi/core` services/auth): absent on routes with `auth: false`. */
export type Auth = Parameters<Core.Strapi['auth']['verify']>[0];

/** What Strapi puts into `ctx.state` of a content-API request. */
export interface RequestState {
  user?: { id: number; blocked?: boolean | null };
  auth?: Auth;
  route?: { path?: string; info?: { type?: string } };
}

/** An entry as the database returned it: its schema says what its keys hold. */
export type Entry = Record<string, unknown>;
