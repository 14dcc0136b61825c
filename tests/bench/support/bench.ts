export interface BenchOptions {
  /** Few rows and short rounds: whether it works, not how fast. */
  quick: boolean;
  /** Only cases whose name has this in it. */
  only: string;
}

/** Prints its figures and says whether every bar was met. */
export type Bench = (options: BenchOptions) => Promise<boolean>;

/** One case's line: `ratio` only where ours is compared with a reference (higher is better). */
export interface Figure {
  name: string;
  ratio?: number;
  /** The least `ratio` that passes. */
  bar?: number;
  [detail: string]: unknown;
}

const round = (value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;

/** Writes a line and tells whether it passed. */
export const print = (figure: Figure): boolean => {
  console.log(JSON.stringify(figure, (_key, value: unknown) => round(value)));
  const { ratio, bar } = figure;
  return bar === undefined || (ratio !== undefined && ratio >= bar);
};

/** What a person who waits may read; stdout is for figures. */
export const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
