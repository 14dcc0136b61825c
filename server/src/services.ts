import type { Core } from '@strapi/strapi';
import { PLUGIN_ID } from './constants';
import { createAccess } from './gate';

/**
 * Every service of the plugin by name, each made once by Strapi.
 * A site's code reaches them with `strapi.plugin('memberships').service(name)`.
 */
export const services = {
  access: createAccess,
};

export type Services = { [Name in keyof typeof services]: ReturnType<(typeof services)[Name]> };

/** A service of this plugin, typed. */
export const getService = <Name extends keyof Services>(
  strapi: Core.Strapi,
  name: Name
): Services[Name] => strapi.plugin(PLUGIN_ID).service<Services[Name]>(name);
