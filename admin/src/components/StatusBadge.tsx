import type { StatusVariant } from '@strapi/design-system';

import type { MemberStatus } from '../../../contracts';
import { useT } from '../translations/useT';
import { Pill } from './Pill';

const VARIANTS: Record<MemberStatus, StatusVariant> = {
  suspended: 'danger',
  past_due: 'warning',
  trialing: 'secondary',
  paying: 'success',
  complimentary: 'alternative',
  free: 'primary',
  expired: 'neutral',
  none: 'neutral',
};

/** Why a member counts as what they are is one hover away. */
export const StatusBadge = ({ status }: { status: MemberStatus }) => {
  const t = useT();
  return (
    <Pill
      label={t(`status.${status}`)}
      variant={VARIANTS[status]}
      hint={t(`status.${status}.hint`)}
    />
  );
};
