import { Tooltip } from '@strapi/design-system';
import { Information } from '@strapi/icons';
import { styled } from 'styled-components';

/** A real button, so that a keyboard and a finger reach the explanation as a mouse does. */
const HintButton = styled.button`
  display: inline-flex;
  align-items: center;
  justify-content: center;
  width: 2.4rem;
  height: 2.4rem;
  padding: 0;
  border: none;
  border-radius: ${({ theme }) => theme.borderRadius};
  background: transparent;
  color: ${({ theme }) => theme.colors.neutral500};
  cursor: help;

  &:hover {
    color: ${({ theme }) => theme.colors.primary600};
  }

  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
  }

  svg {
    width: 1.4rem;
    height: 1.4rem;
  }
`;

export const InfoHint = ({ label }: { label: string }) => (
  <Tooltip label={label}>
    <HintButton type="button" aria-label={label}>
      <Information aria-hidden />
    </HintButton>
  </Tooltip>
);
