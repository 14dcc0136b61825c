import { Box, Flex, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';

import { useT } from '../../translations/useT';

/** Nothing on this page holds while the gate is off: that is said before everything else. */
export const GateOff = () => {
  const t = useT();
  return (
    <Flex
      role="alert"
      alignItems="flex-start"
      gap={3}
      padding={4}
      background="danger100"
      borderColor="danger200"
      hasRadius
    >
      <Box paddingTop={1}>
        <WarningCircle aria-hidden fill="danger600" />
      </Box>
      <Flex direction="column" alignItems="flex-start" gap={1}>
        <Typography fontWeight="bold" textColor="danger700">
          {t('gate.off.title')}
        </Typography>
        <Typography textColor="neutral800">{t('gate.off.body')}</Typography>
      </Flex>
    </Flex>
  );
};
