import { ADMIN_ACTIONS as can } from '../constants';
import { adminRoute, type Route } from './route';

/** What the Access panel asks before there is a rule to ask for. */
export const ruleEditorRoutes: Route[] = [
  adminRoute('GET', '/rules/:uid', 'rules.choices', can.rulesRead),
  adminRoute('GET', '/audience', 'rules.audience', can.rulesRead),
];
