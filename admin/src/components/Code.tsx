import type { ReactNode } from 'react';
import { Box, Typography } from '@strapi/design-system';

/** A name as it is in code, in Stripe or in the environment. */
export const Code = ({ children }: { children: ReactNode }) => (
  <Box
    tag="code"
    display="inline-block"
    background="neutral100"
    borderColor="neutral200"
    hasRadius
    paddingLeft={2}
    paddingRight={2}
    maxWidth="100%"
  >
    <Typography variant="pi" textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
      {children}
    </Typography>
  </Box>
);
