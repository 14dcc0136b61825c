import { Badge, Tooltip, type BadgeProps } from '@strapi/design-system';

import type { MemberStatus } from '../../../contracts';
import { useT } from '../translations/useT';

const VARIANTS: Record<MemberStatus, NonNullable<BadgeProps['variant']>> = {
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
    <Tooltip label={t(`status.${status}.hint`)}>
      <Badge variant={VARIANTS[status]}>{t(`status.${status}`)}</Badge>
    </Tooltip>
  );
};
