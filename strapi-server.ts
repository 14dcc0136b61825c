export { default } from './server/src';
// For a site's own code: `import type { Access } from 'strapi-plugin-memberships/strapi-server'`.
export type { Access, MemberRef, Standing, Who } from './server/src/gate';
export type * from './contracts';
