import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';

import { InfoHint } from './InfoHint';

interface PanelProps {
  title: string;
  /** Says how what is inside comes about. */
  hint?: string;
  actions?: ReactNode;
  /** Tables reach the panel's edges. */
  flush?: boolean;
  children: ReactNode;
}

/** A titled card: the one surface every page is made of. */
export const Panel = ({ title, hint, actions, flush = false, children }: PanelProps) => (
  <Box
    tag="section"
    aria-label={title}
    background="neutral0"
    borderColor="neutral150"
    shadow="tableShadow"
    hasRadius
    width="100%"
    overflow="hidden"
  >
    <Flex
      justifyContent="space-between"
      gap={3}
      wrap="wrap"
      paddingTop={5}
      paddingBottom={flush ? 4 : 3}
      paddingLeft={{ initial: 4, medium: 6 }}
      paddingRight={{ initial: 4, medium: 6 }}
    >
      <Flex gap={1} minHeight="3.2rem">
        <Typography variant="delta" tag="h2">
          {title}
        </Typography>
        {hint === undefined ? null : <InfoHint label={hint} />}
      </Flex>
      {actions}
    </Flex>
    <Box
      paddingBottom={flush ? 0 : 6}
      paddingLeft={flush ? 0 : { initial: 4, medium: 6 }}
      paddingRight={flush ? 0 : { initial: 4, medium: 6 }}
    >
      {children}
    </Box>
  </Box>
);
