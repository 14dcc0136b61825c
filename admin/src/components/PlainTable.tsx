import { styled } from 'styled-components';

/**
 * An HTML table in the design system's colours. Its own Table is an ARIA grid: every link and
 * button inside gets `tabindex="-1"`, so Tab passes over the whole list (2.2), and its headers are
 * `gridcell`s that cannot carry `aria-sort`.
 */
export const PlainTable = styled.table<{ $clickable: boolean }>`
  width: 100%;
  border-collapse: collapse;

  th,
  td {
    padding: ${({ theme }) => `${theme.spaces[3]} ${theme.spaces[2]}`};
    border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};
    text-align: left;
    vertical-align: middle;
  }

  th {
    height: 4.8rem;
    white-space: nowrap;
  }

  th:first-child,
  td:first-child {
    padding-left: ${({ theme }) => theme.spaces[6]};
  }

  th:last-child,
  td:last-child {
    padding-right: ${({ theme }) => theme.spaces[6]};
  }

  tbody tr {
    height: 5.6rem;
    cursor: ${({ $clickable }) => ($clickable ? 'pointer' : 'auto')};
  }

  tbody tr:hover {
    background: ${({ theme, $clickable }) => ($clickable ? theme.colors.neutral100 : 'inherit')};
  }

  tbody tr:last-child td {
    border-bottom: none;
  }
`;
