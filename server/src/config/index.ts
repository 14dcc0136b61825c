import type { Core } from '@strapi/strapi';
import { PLUGIN_ID } from '../constants';
import type { Config } from './options';
import { resolveConfig } from './resolve';

export type { Config, FileAccess } from './options';
export { resolveConfig } from './resolve';

/** The resolved options; set in `register`, before anything reads them. */
export const getConfig = (strapi: Core.Strapi): Config =>
  strapi.config.get<Config>(`plugin::${PLUGIN_ID}`);

/** The path of one of our content-API routes, as this site serves it. */
export const apiPath = (strapi: Core.Strapi, path: string): string =>
  `${strapi.config.get<string>('api.rest.prefix', '/api')}/${PLUGIN_ID}/${path}`;

/** Now, in milliseconds, by the `clock` option. */
export const now = (strapi: Core.Strapi): number => getConfig(strapi).clock();

export default {
  default: {},
  /** Strapi calls it while booting; what it throws stops the boot. */
  validator(options: unknown) {
    resolveConfig(options, process.env);
  },
};
