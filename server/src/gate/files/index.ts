import type { Core } from '@strapi/strapi';
import type { Gate } from '../gate';
import { handOutGraphql } from './graphql';
import { guardUploads, passAdmins } from './guard';
import { indexFiles } from './indexes';

export { createFiles, type Files } from './files';
export { handOut, isPersonal, type Handed } from './hand-out';
export { handRecords } from './records';

/** Before the schema is synchronised, the middlewares and the GraphQL schema are made. */
export const registerFiles = (strapi: Core.Strapi, gate: () => Gate): void => {
  const files = () => gate().files;
  indexFiles(strapi, files);
  guardUploads(strapi, files);
  passAdmins(strapi, files);
  handOutGraphql(strapi, gate);
};
