import { Box, Flex, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';

import { useT } from '../translations/useT';
import type { RuleWarning } from './ruleDraft';

/** What the editor may not have meant. */
export const Warnings = ({ warnings }: { warnings: readonly RuleWarning[] }) => {
  const t = useT();
  if (warnings.length === 0) return null;
  return (
    <Flex tag="ul" direction="column" alignItems="stretch" gap={2} width="100%">
      {warnings.map((warning) => (
        <Flex
          key={warning}
          tag="li"
          gap={2}
          alignItems="flex-start"
          padding={3}
          background="warning100"
          borderColor="warning200"
          hasRadius
        >
          <Box paddingTop={1} flex="0 0 auto">
            <WarningCircle fill="warning700" width="1.4rem" height="1.4rem" aria-hidden />
          </Box>
          <Typography variant="pi" textColor="neutral800">
            {t(`warning.${warning}`)}
          </Typography>
        </Flex>
      ))}
    </Flex>
  );
};
