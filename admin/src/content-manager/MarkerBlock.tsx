import type { ReactNode } from 'react';
import { Box, Divider, Flex, Typography } from '@strapi/design-system';
import { Lock } from '@strapi/icons';

import { useT } from '../translations/useT';

interface MarkerBlockProps {
  /** Slate's own, which a block puts on its outermost element. */
  attributes: object;
  /** The marker's text, which Slate needs somewhere and nobody needs to see. */
  children: ReactNode;
}

/** How the paywall marker looks in the Blocks editor. */
export const MarkerBlock = ({ attributes, children }: MarkerBlockProps) => {
  const t = useT();
  return (
    <Box {...attributes} position="relative" width="100%">
      <Box position="absolute" overflow="hidden" width="1px" height="1px" aria-hidden>
        {children}
      </Box>
      <Flex
        contentEditable={false}
        gap={3}
        paddingTop={1}
        paddingBottom={1}
        style={{ userSelect: 'none' }}
      >
        <Box flex="1">
          <Divider background="primary200" />
        </Box>
        <Flex gap={2}>
          <Lock fill="primary600" width="1.2rem" height="1.2rem" aria-hidden />
          <Typography variant="pi" fontWeight="bold" textColor="primary600">
            {t('marker.block')}
          </Typography>
        </Flex>
        <Box flex="1">
          <Divider background="primary200" />
        </Box>
      </Flex>
    </Box>
  );
};
