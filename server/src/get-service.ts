import type { Core } from '@strapi/strapi';
import { PLUGIN_ID } from './constants';
import type { Services } from './services';

/** A service of this plugin, typed. */
export const getService = <Name extends keyof Services>(
  strapi: Core.Strapi,
  name: Name
): Services[Name] => strapi.plugin(PLUGIN_ID).service<Services[Name]>(name);
