import { type Cell } from './cells';
import { type Run } from './run';
import { VIEWERS } from './viewers';

/** What the two runs come to. */
export interface Outcome {
  cells: number;
  closed: number;
  open: number;
  /** Gated run: cells that leak, or are shut to who may read. */
  failures: Cell[];
  /** Pairs of a door and a rule that are closed to somebody, by name. */
  rows: number;
  /** Control run: closed cells that did not leak without the gate; they prove nothing. */
  mute: Cell[];
}

const rowOf = ({ door, rule }: Cell): string => `${door} ${rule}`;

export const outcomeOf = (gated: Run, control: Run): Outcome => {
  const closed = gated.cells.filter(({ expected }) => expected === 'closed');
  return {
    cells: gated.cells.length,
    closed: closed.length,
    open: gated.cells.length - closed.length,
    failures: gated.cells.filter(({ failure }) => failure !== null),
    rows: new Set(closed.map(rowOf)).size,
    mute: control.cells.filter(({ expected, given }) => expected === 'closed' && !given),
  };
};

const groups = (cells: readonly Cell[], key: (cell: Cell) => string): Map<string, Cell[]> => {
  const found = new Map<string, Cell[]>();
  for (const cell of cells) found.set(key(cell), [...(found.get(key(cell)) ?? []), cell]);
  return found;
};

/** `open/all`, with a `!` and a number where cells fail. */
const count = (cells: readonly Cell[]): string => {
  const wrong = cells.filter(({ failure }) => failure !== null).length;
  const open = cells.filter(({ expected }) => expected === 'open').length;
  return `${open}/${cells.length}${wrong > 0 ? `!${wrong}` : ''}`;
};

const WIDTH = 9;

const grid = (heading: string, rows: Map<string, Cell[]>): string[] => {
  const first = Math.max(...[...rows.keys(), heading].map((name) => name.length));
  const line = (name: string, parts: readonly string[]) =>
    name.padEnd(first) + parts.map((part) => part.padStart(WIDTH)).join('');
  const body = [...rows].map(([name, cells]) =>
    line(
      name,
      VIEWERS.map((viewer) => count(cells.filter((cell) => cell.viewer === viewer.name)))
    )
  );
  return [
    line(
      heading,
      VIEWERS.map((viewer) => viewer.heading)
    ),
    ...body,
  ];
};

/** A cell that fails, with the request to ask again. */
export const describeCell = ({ door, viewer, rule, failure, request }: Cell): string =>
  `${viewer} × ${rule} × ${door}: ${failure ?? 'does not leak'}\n    ${'path' in request ? `GET ${request.path}` : request.graphql}`;

const SHOWN = 40;

const listed = (heading: string, cells: readonly Cell[]): string[] =>
  cells.length === 0
    ? []
    : [
        '',
        heading,
        ...cells.slice(0, SHOWN).map((cell) => `  ${describeCell(cell)}`),
        ...(cells.length > SHOWN ? [`  … and ${cells.length - SHOWN} more`] : []),
      ];

/** The table and the counts, as they are printed. */
export const printMatrix = (gated: Run, control: Run): string => {
  const { cells, closed, open, failures, rows, mute } = outcomeOf(gated, control);
  const silent = new Set(mute.map(rowOf)).size;
  return [
    'Cells open to a viewer / cells asked; !n: so many of them fail.',
    '',
    ...grid(
      'door',
      groups(gated.cells, ({ door }) => door)
    ),
    '',
    ...grid(
      'rule',
      groups(gated.cells, ({ rule }) => rule)
    ),
    ...listed('Failing with the gate on:', failures),
    ...listed('Closed, but no leak with the gate off either:', mute),
    '',
    `gate on:  ${cells} cells, ${closed} closed, ${open} open, ${failures.length} failing (${gated.seconds.toFixed(1)} s)`,
    `gate off: ${closed - mute.length} of ${closed} closed cells leak, ${rows - silent} of ${rows} rows (${control.seconds.toFixed(1)} s)`,
  ].join('\n');
};
