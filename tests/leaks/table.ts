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
  /** Of those, the ones that leak in the control run to everybody asked there. */
  leaking: number;
  /** Control run: closed cells that did not leak without the gate; they prove nothing. */
  mute: Cell[];
}

const rowOf = ({ door, rule }: Cell): string => `${door} ${rule}`;

export const outcomeOf = (gated: Run, control: Run): Outcome => {
  const closed = gated.cells.filter(({ expected }) => expected === 'closed');
  const mute = control.cells.filter(({ expected, given }) => expected === 'closed' && !given);
  const rows = new Set(closed.map(rowOf));
  const asked = new Set(control.cells.map(rowOf));
  const silent = new Set(mute.map(rowOf));
  return {
    cells: gated.cells.length,
    closed: closed.length,
    open: gated.cells.length - closed.length,
    failures: gated.cells.filter(({ failure }) => failure !== null),
    rows: rows.size,
    leaking: [...rows].filter((row) => asked.has(row) && !silent.has(row)).length,
    mute,
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

/** Cells that fail alike behind one door: who, under which rules, and one request to ask again. */
export const describeCells = (cells: readonly Cell[]): string[] => {
  const kind = ({ failure }: Cell) => failure?.replace(/:.*/s, '') ?? 'does not leak';
  return [...groups(cells, (cell) => `${cell.door} ${kind(cell)}`).values()].map((alike) => {
    const [first] = alike;
    if (!first) return '';
    const names = (key: 'viewer' | 'rule') =>
      [...new Set(alike.map((cell) => cell[key]))].join(', ');
    const { request } = first;
    return [
      `${first.door} ${kind(first)} in ${alike.length} cells`,
      `viewers: ${names('viewer')}`,
      `rules: ${names('rule')}`,
      `e.g. as ${first.viewer}, ${first.rule}: ${'path' in request ? `GET ${request.path}` : request.graphql}`,
      ...(first.failure?.includes(':') ? [first.failure] : []),
    ].join('\n    ');
  });
};

const listed = (heading: string, cells: readonly Cell[]): string[] =>
  cells.length === 0 ? [] : ['', heading, ...describeCells(cells).map((line) => `  ${line}`)];

/** The table and the counts, as they are printed. */
export const printMatrix = (gated: Run, control: Run): string => {
  const { cells, closed, open, failures, rows, leaking, mute } = outcomeOf(gated, control);
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
    `gate off: ${leaking} of ${rows} rows that the gate closes leak, ${control.cells.length} cells asked (${control.seconds.toFixed(1)} s)`,
  ].join('\n');
};
