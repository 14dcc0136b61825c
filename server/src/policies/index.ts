import { hasTier } from './has-tier';
import { mayAny } from './may-any';
import { membersOnly } from './members-only';

export const policies = {
  'members-only': membersOnly,
  'has-tier': hasTier,
  'may-any': mayAny,
};
