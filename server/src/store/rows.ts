import type { OfferRow, PriceRow, TierRow } from './catalogue-rows';
import type { CustomerRow, GrantRow, MemberRow, RuleRow, UserRow } from './member-rows';
import type { MovementRow, PaymentRow, SubscriptionRow } from './money-rows';
import type { InboxRow, LockRow, MessageRow } from './queue-rows';
import type { CursorRow, DriftRow, PaceRow, RunRow } from './upkeep-rows';

export type * from './base-rows';
export type * from './catalogue-rows';
export type * from './member-rows';
export type * from './money-rows';
export type * from './queue-rows';

/** What a row of each of our tables, and of users-permissions' users, holds. */
export interface Rows {
  tier: TierRow;
  price: PriceRow;
  offer: OfferRow;
  member: MemberRow;
  customer: CustomerRow;
  grant: GrantRow;
  rule: RuleRow;
  subscription: SubscriptionRow;
  payment: PaymentRow;
  movement: MovementRow;
  message: MessageRow;
  inbox: InboxRow;
  lock: LockRow;
  pace: PaceRow;
  cursor: CursorRow;
  run: RunRow;
  drift: DriftRow;
  user: UserRow;
}
