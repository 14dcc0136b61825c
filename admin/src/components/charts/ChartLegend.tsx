import { Box, Flex, Typography } from '@strapi/design-system';

import { useT } from '../../translations/useT';

export const ChartLegend = () => {
  const t = useT();
  const entries = [
    { color: 'primary500', label: t('churn.column.start') },
    { color: 'success500', label: t('churn.column.joined') },
    { color: 'danger500', label: t('churn.column.left') },
    { color: 'warning500', label: t('churn.column.rate') },
  ] as const;
  return (
    <Flex tag="ul" gap={4} wrap="wrap" paddingBottom={5} aria-hidden>
      {entries.map(({ color, label }) => (
        <Flex key={color} tag="li" gap={2}>
          <Box background={color} width="1rem" height="1rem" hasRadius />
          <Typography variant="pi" textColor="neutral600">
            {label}
          </Typography>
        </Flex>
      ))}
    </Flex>
  );
};
