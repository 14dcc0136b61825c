import { useNotification } from '@strapi/strapi/admin';
import { Flex } from '@strapi/design-system';

import type { AdminTier } from '../../../../contracts';
import { useNotifyProblem } from '../../api/errors';
import { useOrderMembershipTiersMutation } from '../../api/tiers';
import { moved } from '../../lib/arrays';
import { useT } from '../../translations/useT';
import { TierCard } from './TierCard';

interface TierListProps {
  tiers: AdminTier[];
  /** The server wants every tier's place: these keep theirs, after the ones listed. */
  rest: AdminTier[];
  canUpdate: boolean;
  archived?: boolean;
}

export const TierList = ({ tiers, rest, canUpdate, archived = false }: TierListProps) => {
  const t = useT();
  const { toggleNotification } = useNotification();
  const notifyProblem = useNotifyProblem();
  const [order] = useOrderMembershipTiersMutation();

  const move = async (from: number, to: number) => {
    const tier = tiers[from];
    if (tier === undefined) return;
    const documentIds = [...moved(tiers, from, to), ...rest].map(({ documentId }) => documentId);
    const result = await order(documentIds);
    if ('error' in result) return notifyProblem(result.error);
    toggleNotification({
      type: 'success',
      message: t('tiers.moved', { tier: tier.name, position: to + 1 }),
    });
  };

  return (
    <Flex tag="ol" direction="column" alignItems="stretch" gap={3}>
      {tiers.map((tier, index) => (
        <TierCard
          key={tier.documentId}
          tier={tier}
          canUpdate={canUpdate}
          onMoveUp={archived || index === 0 ? undefined : () => move(index, index - 1)}
          onMoveDown={
            archived || index === tiers.length - 1 ? undefined : () => move(index, index + 1)
          }
          showMove={canUpdate && !archived && tiers.length > 1}
        />
      ))}
    </Flex>
  );
};
