import { Typography } from '@strapi/design-system';
import { CaretDown, CaretUp } from '@strapi/icons';
import { styled } from 'styled-components';

const Plain = styled.button`
  display: inline-flex;
  align-items: center;
  gap: ${({ theme }) => theme.spaces[1]};
  padding: 0;
  border: none;
  background: transparent;
  color: ${({ theme }) => theme.colors.neutral600};
  cursor: pointer;

  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
  }
`;

interface SortButtonProps {
  label: string;
  direction: 'asc' | 'desc' | null;
  onClick: () => void;
}

export const SortButton = ({ label, direction, onClick }: SortButtonProps) => (
  <Plain type="button" onClick={onClick}>
    <Typography variant="sigma" textColor="neutral600" tag="span">
      {label}
    </Typography>
    {direction === 'asc' ? (
      <CaretUp aria-hidden />
    ) : (
      <CaretDown aria-hidden opacity={direction === null ? 0.35 : 1} />
    )}
  </Plain>
);
