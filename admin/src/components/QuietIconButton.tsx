import { IconButton } from '@strapi/design-system';
import { styled } from 'styled-components';

/** For rows of small tools: one that cannot be used fades instead of turning into a grey box. */
export const QuietIconButton = styled(IconButton)`
  &[disabled],
  &[aria-disabled='true'] {
    background: transparent;
    border-color: transparent;
    opacity: 0.35;
  }
`;
