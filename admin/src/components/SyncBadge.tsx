import { Badge, Tooltip, type BadgeProps } from '@strapi/design-system';

import type { SyncInfo, SyncState } from '../../../contracts';
import { useFormats } from '../lib/useFormats';
import { useT } from '../translations/useT';

const VARIANTS: Record<SyncState, NonNullable<BadgeProps['variant']>> = {
  synced: 'success',
  pending: 'secondary',
  failed: 'danger',
  'not-configured': 'neutral',
  'not-needed': 'neutral',
};

/** Everything known about the sync, for a tooltip. */
const useSyncHint = () => {
  const t = useT();
  const { moment } = useFormats();
  return (sync: SyncInfo) => {
    const parts = [
      t(`sync.${sync.state}.hint`),
      sync.error,
      sync.stripeId,
      sync.livemode === null ? null : t(sync.livemode ? 'sync.live' : 'sync.test'),
      sync.syncedAt === null ? null : t('sync.at', { date: moment(sync.syncedAt) }),
    ];
    return parts.filter((part) => part !== null).join(' · ');
  };
};

export const SyncBadge = ({ sync }: { sync: SyncInfo }) => {
  const t = useT();
  const hint = useSyncHint()(sync);
  return (
    <Tooltip label={hint}>
      <Badge
        variant={VARIANTS[sync.state]}
        tabIndex={0}
        aria-label={`${t(`sync.${sync.state}`)}: ${hint}`}
      >
        {t(`sync.${sync.state}`)}
      </Badge>
    </Tooltip>
  );
};
