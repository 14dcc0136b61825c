import type { Core } from '@strapi/strapi';

export const registerGate = (_strapi: Core.Strapi): void => {};

export const createAccess = ({ strapi: _strapi }: { strapi: Core.Strapi }) => ({});
