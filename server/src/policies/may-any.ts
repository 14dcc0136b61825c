import * as yup from 'yup';

const config = yup
  .object({ actions: yup.array().of(yup.string().required()).min(1).required() })
  .strict(true)
  .required();

/** What Strapi knows of the admin who asks (`@strapi/permissions`). */
interface Context {
  state: { userAbility?: { can(action: string): boolean } };
}

/**
 * Whether an admin's role has one of the actions: Strapi's own `admin::hasPermissions` wants all of
 * them, and some routes serve several pages. (Strapi finds policies by name only, never a function:
 * `@strapi/core` registries/policies.)
 */
export const mayAny = ({ state: { userAbility } }: Context, given: unknown): boolean => {
  const { actions } = config.validateSync(given);
  return actions.some((action) => userAbility?.can(action) === true);
};
