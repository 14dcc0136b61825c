import { hasTier } from './has-tier';
import { membersOnly } from './members-only';

export const policies = {
  'members-only': membersOnly,
  'has-tier': hasTier,
};
