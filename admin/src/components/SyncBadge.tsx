import type { StatusVariant } from '@strapi/design-system';

import type { SyncInfo, SyncState } from '../../../contracts';
import { useFormats } from '../lib/useFormats';
import { useT } from '../translations/useT';
import { Pill } from './Pill';

const VARIANTS: Record<SyncState, StatusVariant> = {
  synced: 'success',
  pending: 'secondary',
  failed: 'danger',
  'not-configured': 'neutral',
  'not-needed': 'neutral',
};

/** Where a tier or price stands with Stripe; everything known about it in the hint. */
export const SyncBadge = ({ sync }: { sync: SyncInfo }) => {
  const t = useT();
  const { moment } = useFormats();
  const hint = [
    t(`sync.${sync.state}.hint`),
    sync.error,
    sync.stripeId,
    sync.livemode === null ? null : t(sync.livemode ? 'sync.live' : 'sync.test'),
    sync.syncedAt === null ? null : t('sync.at', { date: moment(sync.syncedAt) }),
  ].filter((part) => part !== null);

  return (
    <Pill label={t(`sync.${sync.state}`)} variant={VARIANTS[sync.state]} hint={hint.join(' · ')} />
  );
};
