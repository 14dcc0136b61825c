import type { Core } from '@strapi/strapi';
import { now } from '../config';
import {
  announce,
  applyChange,
  table,
  toIso,
  transaction,
  type GrantRow,
  type MemberRow,
  type Scope,
} from '../store';
import type { StripeAccess } from './client';

/** Stripe's ids of checkouts say their mode; of subscriptions the mirror does. */
const TEST_SESSION = 'cs_test_';

/** What was bought in test mode, while a site was being built. */
export interface TestGrants {
  /**
   * Ends, under a live key, every grant that test money bought: it would open for ever what is now sold
   * for real. Test events are none of a live site's, so nothing else would end them. Given grants stay.
   */
  end(): Promise<void>;
}

export const createTestGrants = (strapi: Core.Strapi, stripe: StripeAccess): TestGrants => {
  const open = (): Promise<GrantRow[]> =>
    table(strapi, 'grant').findMany({
      where: {
        $and: [
          { $or: [{ endsAt: { $null: true } }, { endsAt: { $gt: toIso(now(strapi)) } }] },
          {
            $or: [
              { subscription: { livemode: false } },
              { source: 'purchase', reference: { $startsWith: TEST_SESSION } },
            ],
          },
        ],
      },
      populate: ['member'],
    });

  const endAll = async (scope: Scope, grants: readonly GrantRow[]): Promise<void> => {
    const members = new Map<number, MemberRow>();
    for (const { member } of grants) if (member) members.set(member.id, member);
    for (const { id, documentId } of members.values()) {
      const end = grants.flatMap((grant) => (grant.member?.id === id ? [grant.id] : []));
      const { announcements } = await transaction(strapi, () =>
        applyChange(strapi, { ...scope, member: id, customer: null }, { end })
      );
      await announce(strapi, documentId, announcements);
    }
  };

  let ended = false;

  return {
    async end() {
      if (ended || !stripe.livemode) return;
      const grants = await open();
      if (grants.length > 0) await endAll(await stripe.scope(), grants);
      ended = true;
    },
  };
};
