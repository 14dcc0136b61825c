import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';

export interface Fact {
  label: string;
  value: ReactNode;
}

/** Names and values, as a definition list. */
export const Facts = ({ facts }: { facts: Fact[] }) => (
  <Flex tag="dl" direction="column" alignItems="stretch" gap={4}>
    {facts.map(({ label, value }) => (
      <Box key={label} minWidth={0}>
        <Typography tag="dt" variant="pi" textColor="neutral600" fontWeight="semiBold">
          {label}
        </Typography>
        <Typography tag="dd" textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
          {value}
        </Typography>
      </Box>
    ))}
  </Flex>
);
