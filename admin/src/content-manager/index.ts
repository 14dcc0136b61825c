import type { PluginDefinition } from '@strapi/strapi/admin';

import { AccessPanel } from './AccessPanel';
import { withMarkerBlock } from './markerBlocks';

type App = Parameters<NonNullable<PluginDefinition['bootstrap']>>[0];

/** Calls what the Content Manager of another version may not have. */
const callIfThere = (apis: Record<string, unknown>, name: string, argument: unknown): void => {
  const api = apis[name];
  if (typeof api === 'function') Reflect.apply(api, undefined, [argument]);
};

/** Puts the Access panel and the paywall marker into the Content Manager's edit view. */
export const extendContentManager = (app: App): void => {
  const apis = app.getPlugin('content-manager')?.apis;
  if (!apis) return;
  callIfThere(apis, 'addEditViewSidePanel', [AccessPanel]);
  callIfThere(apis, 'addRichTextBlocks', withMarkerBlock);
};
