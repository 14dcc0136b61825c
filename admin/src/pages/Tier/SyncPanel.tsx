import { Flex, Typography } from '@strapi/design-system';

import type { AdminTier } from '../../../../contracts';
import { Facts, type Fact } from '../../components/Facts';
import { Panel } from '../../components/Panel';
import { StripeLink } from '../../components/StripeLink';
import { TierSync } from '../../components/TierSync';
import { useFormats } from '../../lib/useFormats';
import { useT } from '../../translations/useT';

/** Where the tier stands: with Stripe, and with its members. */
export const SyncPanel = ({ tier, canUpdate }: { tier: AdminTier; canUpdate: boolean }) => {
  const t = useT();
  const { number, moment } = useFormats();
  const { stripeId, livemode, syncedAt, error } = tier.sync;

  const facts: Fact[] = [
    {
      label: t('tier.members'),
      value: t('tiers.members', { count: tier.members, shown: number(tier.members) }),
    },
    { label: t('tier.sync'), value: <TierSync tier={tier} canUpdate={canUpdate} /> },
  ];
  if (error !== null) {
    facts.push({
      label: t('tier.sync.error'),
      value: <Typography textColor="danger600">{error}</Typography>,
    });
  }
  if (stripeId !== null) {
    facts.push({
      label: t('tier.sync.product'),
      value: (
        <Flex>
          <StripeLink kind="products" stripeId={stripeId} livemode={livemode === true} />
        </Flex>
      ),
    });
  }
  if (syncedAt !== null) facts.push({ label: t('tier.sync.at'), value: moment(syncedAt) });
  if (tier.archivedAt !== null) {
    facts.push({ label: t('tier.archivedAt'), value: moment(tier.archivedAt) });
  }

  return (
    <Panel title={t('tier.state')} hint={t('tier.state.hint')}>
      <Facts facts={facts} />
    </Panel>
  );
};
