import { Badge, Flex, Typography } from '@strapi/design-system';

import type { TierRef } from '../../../contracts';

export const TierBadges = ({ tiers }: { tiers: TierRef[] }) =>
  tiers.length === 0 ? (
    <Typography textColor="neutral500">–</Typography>
  ) : (
    <Flex gap={1} wrap="wrap">
      {tiers.map(({ documentId, name }) => (
        <Badge key={documentId}>{name}</Badge>
      ))}
    </Flex>
  );
