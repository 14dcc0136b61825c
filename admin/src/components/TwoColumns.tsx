import type { ReactNode } from 'react';
import { Box } from '@strapi/design-system';
import { styled } from 'styled-components';

/** The side comes first on a small screen: it says what the rest belongs to. */
const Columns = styled(Box)`
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: ${({ theme }) => theme.spaces[6]};
  align-items: start;

  ${({ theme }) => theme.breakpoints.large} {
    grid-template-columns: minmax(0, 1fr) 30rem;
  }
`;

const Side = styled(Box)`
  ${({ theme }) => theme.breakpoints.large} {
    order: 1;
  }
`;

interface TwoColumnsProps {
  main: ReactNode;
  side: ReactNode;
  /** What is edited should come first on a phone too. */
  mainFirst?: boolean;
}

export const TwoColumns = ({ main, side, mainFirst = false }: TwoColumnsProps) => (
  <Columns>
    {mainFirst ? <Box minWidth={0}>{main}</Box> : null}
    <Side>{side}</Side>
    {mainFirst ? null : <Box minWidth={0}>{main}</Box>}
  </Columns>
);
