import { exceptions } from './exceptions';
import { readRecordings } from './recordings';
import { replay } from './replay';

const recordings = readRecordings();
if (recordings.length === 0) {
  process.stdout.write('No recordings at ../shared/stripe: the replay is skipped.\n');
}

describe('Recorded calls, sent again', () => {
  it('have calls in them, where they are present', () => {
    expect(recordings.filter(({ pairs }) => pairs.length === 0)).toEqual([]);
  });

  for (const recording of recordings) {
    it(recording.name, async () => {
      const found = (await replay(recording)).flatMap(({ call, version, differences }) =>
        differences
          .filter(
            ({ kind, at }) =>
              !exceptions.some(
                (known) =>
                  known.kind === kind &&
                  known.at.test(at) &&
                  (known.recording?.test(recording.name) ?? true)
              )
          )
          .map((difference) => ({ call, version, ...difference }))
      );
      expect(found).toEqual([]);
    });
  }
});

describe('The exceptions', () => {
  (recordings.length > 0 ? it : it.skip)('are all needed', async () => {
    const unneeded = [];
    for (const known of exceptions) {
      const theirs = recordings.filter(({ name }) => known.recording?.test(name) ?? true);
      const replayed = (await Promise.all(theirs.map(replay))).flat();
      const differs = replayed.some(({ differences }) =>
        differences.some(({ kind, at }) => known.kind === kind && known.at.test(at))
      );
      // Other recordings may lie there than the one an exception was made for.
      if (theirs.length > 0 && !differs) unneeded.push(known);
    }
    expect(unneeded).toEqual([]);
  });
});
