import type { Core } from '@strapi/strapi';

export const registerBilling = (_strapi: Core.Strapi): void => {};
