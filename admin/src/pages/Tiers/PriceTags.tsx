import { Box, Flex, Typography } from '@strapi/design-system';

import type { AdminTier } from '../../../../contracts';
import { useFormats } from '../../lib/useFormats';
import { useIntervalText } from '../../lib/useIntervalText';
import { useT } from '../../translations/useT';

/** What a tier can be bought for today. */
export const PriceTags = ({ tier }: { tier: AdminTier }) => {
  const t = useT();
  const { money } = useFormats();
  const intervalText = useIntervalText();
  const prices = tier.prices.filter(({ active }) => active);

  if (prices.length === 0) {
    return (
      <Typography variant="pi" textColor="neutral600">
        {t(tier.kind === 'free' ? 'tiers.prices.free' : 'tiers.prices.none')}
      </Typography>
    );
  }
  return (
    <Flex tag="ul" gap={2} wrap="wrap" aria-label={t('prices.title')}>
      {prices.map(({ documentId, amount, currency, exponent, interval, intervalCount }) => (
        <Box
          key={documentId}
          tag="li"
          borderColor="neutral200"
          hasRadius
          paddingLeft={2}
          paddingRight={2}
          paddingTop={1}
          paddingBottom={1}
        >
          <Typography variant="pi" fontWeight="semiBold" textColor="neutral800">
            {money(amount, currency, exponent, { trimWhole: true })}
          </Typography>{' '}
          <Typography variant="pi" textColor="neutral600">
            {intervalText(interval, intervalCount)}
          </Typography>
        </Box>
      ))}
    </Flex>
  );
};
