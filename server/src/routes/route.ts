/** A route of the plugin as Strapi reads it; `handler` is `controller.action`. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  handler: string;
  config?: {
    policies?: (string | { name: string; config: unknown } | Policy)[];
    middlewares?: (string | { name: string; config: unknown })[];
  };
}

type Policy = (ctx: { state: { userAbility?: Ability } }) => boolean;

/** What Strapi knows of the admin who asks (`@strapi/permissions`). */
interface Ability {
  can(action: string): boolean;
}

/** Strapi's own `admin::hasPermissions` wants all of its actions; some routes serve several pages. */
const mayAny =
  (actions: string[]): Policy =>
  ({ state: { userAbility } }) =>
    actions.some((action) => userAbility?.can(action) === true);

/**
 * An admin route behind `ADMIN_ACTIONS`, any one of them: Strapi checks that somebody is signed in to
 * the admin, the policy that their role has the permission.
 */
export const adminRoute = (
  method: Route['method'],
  path: string,
  handler: string,
  ...actions: string[]
): Route => ({
  method,
  path,
  handler,
  config: { policies: ['admin::isAuthenticatedAdmin', mayAny(actions)] },
});
