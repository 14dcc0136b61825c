import type { Core } from '@strapi/strapi';
import { UID } from '../constants';

interface ShadowCrud {
  disable(): unknown;
}

/** The GraphQL plugin's extension service, as far as we use it (it ships no types). */
interface GraphqlExtension {
  shadowCRUD(uid: string): ShadowCrud;
}

/** The plugin is optional: null when the site has none. */
const graphqlExtension = (strapi: Core.Strapi): GraphqlExtension | null => {
  if (!strapi.plugin('graphql')) return null;
  return strapi.plugin('graphql').service<GraphqlExtension>('extension');
};

/** Members, grants and payments are nobody's to query: our types stay out of the site's schema. */
export const hideFromGraphql = (strapi: Core.Strapi): void => {
  const extension = graphqlExtension(strapi);
  if (!extension) return;
  for (const uid of Object.values(UID)) extension.shadowCRUD(uid).disable();
};
