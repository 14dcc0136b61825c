import { ADMIN_ACTIONS as can } from '../constants';
import { gateAdminRoutes } from './gate';
import { adminRoute, type Route } from './route';
import { ruleEditorRoutes } from './rules';

const MEMBERS = '/members';
const TIERS = '/tiers';

export const adminRoutes: Route[] = [
  ...gateAdminRoutes,
  ...ruleEditorRoutes,

  // What every page says of the set-up: any admin may know, it holds no secret.
  {
    method: 'GET',
    path: '/status',
    handler: 'status.find',
    config: { policies: ['admin::isAuthenticatedAdmin'] },
  },

  adminRoute('GET', MEMBERS, 'adminMembers.find', can.membersRead),
  adminRoute('POST', MEMBERS, 'adminMembers.create', can.membersUpdate),
  adminRoute('GET', `${MEMBERS}/:documentId`, 'adminMembers.findOne', can.membersRead),
  adminRoute('POST', `${MEMBERS}/:documentId/grants`, 'adminMembers.give', can.membersUpdate),
  adminRoute(
    'DELETE',
    `${MEMBERS}/:documentId/grants/:grant`,
    'adminMembers.end',
    can.membersUpdate
  ),

  // The members' pages filter by tier and give tiers.
  adminRoute('GET', TIERS, 'adminTiers.find', can.tiersRead, can.membersRead),
  adminRoute('POST', TIERS, 'adminTiers.create', can.tiersUpdate),
  // Before `:documentId`, which would take it for a document.
  adminRoute('PUT', `${TIERS}/order`, 'adminTiers.order', can.tiersUpdate),
  adminRoute('PUT', `${TIERS}/:documentId`, 'adminTiers.update', can.tiersUpdate),
  adminRoute('DELETE', `${TIERS}/:documentId`, 'adminTiers.delete', can.tiersUpdate),
  adminRoute('POST', `${TIERS}/:documentId/archive`, 'adminTiers.archive', can.tiersUpdate),
  adminRoute('POST', `${TIERS}/:documentId/restore`, 'adminTiers.restore', can.tiersUpdate),
  adminRoute('POST', `${TIERS}/:documentId/prices`, 'adminTiers.addPrice', can.tiersUpdate),
  adminRoute('POST', `${TIERS}/:documentId/sync`, 'adminTiers.sync', can.tiersUpdate),
  adminRoute('PUT', '/prices/:documentId', 'adminTiers.updatePrice', can.tiersUpdate),

  adminRoute('GET', '/churn', 'churn.find', can.churnRead),

  adminRoute('GET', '/health', 'health.find', can.healthRead),
  adminRoute('GET', '/endpoint', 'endpoint.find', can.healthRead),
  adminRoute('POST', '/endpoint', 'endpoint.repair', can.healthUpdate),
  adminRoute('GET', '/inbox', 'inbox.find', can.healthRead),
  adminRoute('POST', '/inbox/retry', 'inbox.retryAll', can.healthUpdate),
  adminRoute('POST', '/inbox/:id/retry', 'inbox.retry', can.healthUpdate),
  adminRoute('GET', '/reconcile', 'reconcile.find', can.healthRead),
  adminRoute('POST', '/reconcile', 'reconcile.start', can.healthUpdate),
  adminRoute('POST', '/reconcile/:id/apply', 'reconcile.apply', can.healthUpdate),
  adminRoute('GET', '/site', 'site.find', can.healthRead),
  adminRoute('POST', '/site/confirm', 'site.confirm', can.healthUpdate),
];
