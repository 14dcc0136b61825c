/** A step that did not come out as it should; `got` is shown below it. */
export class Surprise extends Error {
  constructor(
    readonly expected: string,
    readonly got: unknown
  ) {
    super(expected);
  }
}

/** Goes on when it holds, and stops the journey with what was expected and what came. */
export function expect(holds: boolean, expected: string, got: unknown): asserts holds {
  if (!holds) throw new Surprise(expected, got);
}

export interface Report {
  /** Runs one step and prints its line; the note says what was seen. */
  step: (title: string, work: () => Promise<string | void>) => Promise<void>;
  /** Milliseconds since the report began. */
  elapsed(): number;
}

const shorten = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? 'nothing');
  return text.length > 2000 ? `${text.slice(0, 2000)} …` : text;
};

const indent = (text: string): string => text.replace(/^/gm, '      ');

export const createReport = (): Report => {
  const started = Date.now();
  return {
    async step(title, work) {
      try {
        const note = await work();
        console.log(`  ✓ ${title}${note ? ` — ${note}` : ''}`);
      } catch (error) {
        console.log(`  ✗ ${title}`);
        if (error instanceof Surprise) {
          console.log(indent(`expected: ${error.expected}\ngot: ${shorten(error.got)}`));
        } else {
          console.log(
            indent(error instanceof Error ? (error.stack ?? error.message) : String(error))
          );
        }
        throw error;
      }
    },
    elapsed: () => Date.now() - started,
  };
};
