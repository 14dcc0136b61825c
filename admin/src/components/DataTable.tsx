import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

import { InfoHint } from './InfoHint';
import { PlainTable } from './PlainTable';

export interface Column<Row> {
  id: string;
  label: string;
  /** How the numbers in the column are reckoned. */
  hint?: string;
  /** Replaces the plain label, e.g. by a button that sorts. */
  header?: ReactNode;
  ariaSort?: 'ascending' | 'descending' | 'none';
  align?: 'right';
  /** The card's heading on a small screen. */
  primary?: boolean;
  /** On a small screen below its label: too long to stand beside it. */
  stacked?: boolean;
  /** Kept on one line in the table, as a date. */
  nowrap?: boolean;
  cell: (row: Row) => ReactNode;
}

interface DataTableProps<Row> {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  onRowClick?: (row: Row) => void;
}

const Wide = styled(Box)`
  display: none;
  ${({ theme }) => theme.breakpoints.medium} {
    display: block;
  }
`;

const Narrow = styled(Box)`
  ${({ theme }) => theme.breakpoints.medium} {
    display: none;
  }
`;

const HeaderCell = <Row,>({ column }: { column: Column<Row> }) => (
  <th scope="col" aria-sort={column.ariaSort}>
    <Flex gap={1} justifyContent={column.align === 'right' ? 'flex-end' : 'flex-start'}>
      {column.header ?? (
        <Typography variant="sigma" textColor="neutral600" tag="span">
          {column.label}
        </Typography>
      )}
      {column.hint === undefined ? null : <InfoHint label={column.hint} />}
    </Flex>
  </th>
);

/** On a phone every row is a card: no sideways scrolling to find out who paid. */
const CardRow = <Row,>({ row, columns }: { row: Row; columns: Column<Row>[] }) => (
  <Flex
    tag="li"
    direction="column"
    alignItems="stretch"
    gap={2}
    padding={4}
    borderStyle="solid"
    borderWidth="1px 0 0 0"
    borderColor="neutral150"
  >
    {columns.map((column) =>
      column.primary ? (
        <Box key={column.id} style={{ overflowWrap: 'anywhere' }}>
          {column.cell(row)}
        </Box>
      ) : column.stacked ? (
        <Flex key={column.id} direction="column" alignItems="stretch" gap={1}>
          <Typography variant="pi" textColor="neutral600">
            {column.label}
          </Typography>
          {column.cell(row)}
        </Flex>
      ) : (
        <Flex key={column.id} justifyContent="space-between" gap={4}>
          <Typography variant="pi" textColor="neutral600">
            {column.label}
          </Typography>
          <Box textAlign="right">{column.cell(row)}</Box>
        </Flex>
      )
    )}
  </Flex>
);

/** A table on a wide screen, a list of cards on a narrow one; `display: none` hides the other. */
export const DataTable = <Row,>({
  label,
  columns,
  rows,
  rowKey,
  onRowClick,
}: DataTableProps<Row>) => (
  <>
    <Wide>
      <PlainTable aria-label={label} $clickable={Boolean(onRowClick)}>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeaderCell key={column.id} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} onClick={() => onRowClick?.(row)}>
              {columns.map((column) => (
                <td
                  key={column.id}
                  style={{
                    textAlign: column.align,
                    whiteSpace: column.nowrap ? 'nowrap' : undefined,
                  }}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Wide>
    <Narrow tag="ul" aria-label={label}>
      {rows.map((row) => (
        <CardRow key={rowKey(row)} row={row} columns={columns} />
      ))}
    </Narrow>
  </>
);
