import { writeFile } from 'node:fs/promises';
import { runMatrix, type Run } from './run';
import { describeCell, outcomeOf, printMatrix, type Outcome } from './table';

let gated: Run;
let outcome: Outcome;

beforeAll(async () => {
  gated = await runMatrix(true);
  const control = await runMatrix(false);
  outcome = outcomeOf(gated, control);
  // Jest prints its own summary after whatever is printed here: the reporter prints this last.
  const file = process.env.LEAKS_TABLE;
  if (file) await writeFile(file, printMatrix(gated, control));
}, 600_000);

test('asks at least 400 cells', () => {
  expect(outcome.cells).toBeGreaterThanOrEqual(400);
});

test('with the gate on nothing leaks, and nobody is shut out', () => {
  expect(outcome.failures.map(describeCell)).toEqual([]);
});

test('with the gate off every closed cell leaks', () => {
  expect(outcome.mute.map(describeCell)).toEqual([]);
});
