import { writeFile } from 'node:fs/promises';
import { runMatrix, type Run } from './run';
import { describeCells, outcomeOf, printMatrix, type Outcome } from './table';
import { CONTROL, VIEWERS } from './viewers';

let gated: Run;
let outcome: Outcome;

beforeAll(async () => {
  gated = await runMatrix({ gated: true, viewers: VIEWERS });
  const control = await runMatrix({ gated: false, viewers: CONTROL });
  outcome = outcomeOf(gated, control);
  // Jest prints its own summary after whatever is printed here: the reporter prints this last.
  const file = process.env.LEAKS_TABLE;
  if (file) await writeFile(file, printMatrix(gated, control));
}, 1_800_000);

test('asks at least 400 cells', () => {
  expect(outcome.cells).toBeGreaterThanOrEqual(400);
});

test('with the gate on nothing leaks, and nobody is shut out', () => {
  expect(describeCells(outcome.failures)).toEqual([]);
});

test('with the gate off every row that it closes leaks', () => {
  expect(describeCells(outcome.mute)).toEqual([]);
  expect(outcome.leaking).toBe(outcome.rows);
});
