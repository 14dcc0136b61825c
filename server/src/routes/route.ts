/** A route of the plugin as Strapi reads it; `handler` is `controller.action`. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  handler: string;
  config?: {
    /** false: for everybody, whatever their role or token. */
    auth?: false;
    policies?: (string | { name: string; config: unknown })[];
    middlewares?: (string | { name: string; config: unknown })[];
  };
}

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
  config: {
    policies: [
      'admin::isAuthenticatedAdmin',
      { name: 'plugin::memberships.may-any', config: { actions } },
    ],
  },
});
