import { useState } from 'react';
import { Flex, TextButton, Typography } from '@strapi/design-system';

import { useT } from '../../translations/useT';

/** Longer ones, such as a proxy's page, are cut until somebody wants to read them. */
const SHORT = 160;

/** Why the last try failed. */
export const DeliveryError = ({ error }: { error: string }) => {
  const t = useT();
  const [isWhole, setWhole] = useState(false);
  const isLong = error.length > SHORT;
  return (
    <Flex direction="column" alignItems="flex-start" gap={1}>
      <Typography variant="pi" textColor="danger600" style={{ overflowWrap: 'anywhere' }}>
        {isLong && !isWhole ? `${error.slice(0, SHORT).trimEnd()}…` : error}
      </Typography>
      {isLong ? (
        <TextButton onClick={() => setWhole(!isWhole)} aria-expanded={isWhole}>
          {t(isWhole ? 'health.inbox.error.less' : 'health.inbox.error.more')}
        </TextButton>
      ) : null}
    </Flex>
  );
};
