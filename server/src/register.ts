import type { Core } from '@strapi/strapi';
import { resolveConfig } from './config';
import { PLUGIN_ID } from './constants';
import { registerBilling } from './billing';
import { explainRefusals } from './controllers/refusals';
import { registerGate } from './gate';
import { registerMembership } from './membership';
import { registerStore } from './store';

/** Before the schema is synchronised and the middlewares are made: models, body parser, gate. */
const register = ({ strapi }: { strapi: Core.Strapi }): void => {
  const key = `plugin::${PLUGIN_ID}`;
  strapi.config.set(key, resolveConfig(strapi.config.get(key), process.env));

  registerStore(strapi);
  registerBilling(strapi);
  registerMembership(strapi);
  explainRefusals(strapi);
  registerGate(strapi);
};

export default register;
