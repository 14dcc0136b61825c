import { access } from './access';
import { adminMembers } from './admin-members';
import { adminTiers } from './admin-tiers';
import { checkout } from './checkout';
import { churn } from './churn';
import { content } from './content';
import { endpoint } from './endpoint';
import { gate } from './gate';
import { health } from './health';
import { inbox } from './inbox';
import { me } from './me';
import { reconcile } from './reconcile';
import { rules } from './rules';
import { site } from './site';
import { status } from './status';
import { tiers } from './tiers';
import { webhook } from './webhook';

export const controllers = {
  access,
  adminMembers,
  adminTiers,
  checkout,
  churn,
  content,
  endpoint,
  gate,
  health,
  inbox,
  me,
  reconcile,
  rules,
  site,
  status,
  tiers,
  webhook,
};
