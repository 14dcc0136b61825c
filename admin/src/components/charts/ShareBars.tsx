import { Box, Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

interface ShareBar {
  key: string;
  label: string;
  /** 0 to 1. */
  share: number;
  text: string;
}

const Fill = styled(Box)<{ $share: number }>`
  width: ${({ $share }) => $share * 100}%;
  min-width: 0.4rem;
  height: 100%;
`;

/** Parts of a whole, largest first: every bar is labelled, so no legend and no colour to read. */
export const ShareBars = ({ label, bars }: { label: string; bars: ShareBar[] }) => (
  <Flex tag="ul" aria-label={label} direction="column" alignItems="stretch" gap={4} paddingTop={3}>
    {bars.map(({ key, label: name, share, text }) => (
      <Box key={key} tag="li">
        <Flex justifyContent="space-between" gap={4} paddingBottom={1}>
          <Typography fontWeight="semiBold" textColor="neutral800">
            {name}
          </Typography>
          <Typography variant="pi" textColor="neutral600" textAlign="right">
            {text}
          </Typography>
        </Flex>
        <Box background="neutral150" hasRadius height="0.8rem" overflow="hidden" aria-hidden>
          <Fill background="primary600" hasRadius $share={share} />
        </Box>
      </Box>
    ))}
  </Flex>
);
