import { Flex, IconButton } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';

import type { AdminTier, SyncInfo } from '../../../contracts';
import { useNotifyProblem } from '../api/errors';
import { useSyncMembershipTierMutation } from '../api/tiers';
import { useT } from '../translations/useT';
import { SyncBadge } from './SyncBadge';

/** The tier's badge speaks for its prices too: the worst state is the one to act on. */
const worst = ({ sync, prices }: AdminTier): SyncInfo => {
  const all = [sync, ...prices.filter(({ active }) => active).map((price) => price.sync)];
  return (
    all.find(({ state }) => state === 'failed') ??
    all.find(({ state }) => state === 'pending') ??
    sync
  );
};

export const TierSync = ({ tier, canUpdate }: { tier: AdminTier; canUpdate: boolean }) => {
  const t = useT();
  const notifyProblem = useNotifyProblem();
  const [sync, { isLoading }] = useSyncMembershipTierMutation();
  const state = worst(tier);

  const retry = async () => {
    const result = await sync(tier.documentId);
    if ('error' in result) notifyProblem(result.error);
  };

  return (
    <Flex gap={1}>
      <SyncBadge sync={state} />
      {canUpdate && (state.state === 'failed' || state.state === 'pending') ? (
        <IconButton
          label={t('sync.retry', { tier: tier.name })}
          variant="ghost"
          size="XS"
          disabled={isLoading}
          onClick={() => void retry()}
        >
          <ArrowClockwise />
        </IconButton>
      ) : null}
    </Flex>
  );
};
