import { Box, Flex, Typography } from '@strapi/design-system';
import { Information } from '@strapi/icons';

import { useGetMembershipStatusQuery } from '../api/reports';
import { useT } from '../translations/useT';

/** Nothing is broken without Stripe's keys; this only says what is missing, and what still works. */
export const SetupBanner = () => {
  const t = useT();
  const { data } = useGetMembershipStatusQuery();
  const stripe = data?.data.stripe;
  if (!stripe || stripe.missing.length === 0) return null;

  return (
    <Flex
      role="status"
      alignItems="flex-start"
      gap={3}
      padding={4}
      marginBottom={6}
      background="secondary100"
      borderColor="secondary200"
      hasRadius
    >
      <Box color="secondary600" paddingTop={1}>
        <Information aria-hidden fill="secondary600" />
      </Box>
      <Flex direction="column" alignItems="flex-start" gap={2}>
        <Typography fontWeight="bold" textColor="neutral800">
          {t(stripe.configured ? 'setup.webhook.title' : 'setup.title')}
        </Typography>
        <Typography textColor="neutral700">
          {t(stripe.configured ? 'setup.webhook.body' : 'setup.body', {
            path: data.data.webhookPath,
          })}
        </Typography>
        <Flex gap={2} wrap="wrap">
          {stripe.missing.map((name) => (
            <Box
              key={name}
              tag="code"
              background="neutral0"
              borderColor="neutral200"
              hasRadius
              paddingLeft={2}
              paddingRight={2}
              paddingTop={1}
              paddingBottom={1}
            >
              <Typography variant="pi" textColor="neutral800">
                {name}
              </Typography>
            </Box>
          ))}
        </Flex>
      </Flex>
    </Flex>
  );
};
