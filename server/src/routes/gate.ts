import { ADMIN_ACTIONS } from '../constants';
import { adminRoute, type Route } from './route';

const RULE = '/rules/:uid/:documentId';

export const gateAdminRoutes: Route[] = [
  adminRoute('GET', '/gate', 'gate.find', ADMIN_ACTIONS.gateRead),
  adminRoute('POST', '/gate/check', 'gate.check', ADMIN_ACTIONS.gateRead),
  adminRoute('GET', RULE, 'rules.find', ADMIN_ACTIONS.rulesRead),
  adminRoute('PUT', RULE, 'rules.update', ADMIN_ACTIONS.rulesUpdate),
  adminRoute('GET', '/access/:uid/:documentId', 'access.examine', ADMIN_ACTIONS.rulesRead),
  adminRoute('DELETE', RULE, 'rules.delete', ADMIN_ACTIONS.rulesUpdate),
];

export const gateContentApiRoutes: Route[] = [
  { method: 'GET', path: '/access/:uid/:documentId', handler: 'access.explain' },
  { method: 'GET', path: '/content/read-all', handler: 'content.readAll' },
];
