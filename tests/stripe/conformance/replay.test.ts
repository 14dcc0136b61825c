import { exceptions } from './exceptions';
import { readRecordings } from './recordings';
import { replay } from './replay';

const recordings = readRecordings();
if (recordings.length === 0) {
  process.stdout.write('No recordings at ../shared/stripe: the replay is skipped.\n');
}

describe('Recorded calls, sent again', () => {
  it('are many, where they are present', () => {
    const pairs = recordings.flatMap((row) => row.pairs);
    if (recordings.length > 0) expect(pairs.length).toBeGreaterThan(150);
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
    const seen = new Set<number>();
    for (const recording of recordings) {
      for (const { differences } of await replay(recording)) {
        for (const { kind, at } of differences) {
          exceptions.forEach((known, index) => {
            if (known.kind === kind && known.at.test(at)) seen.add(index);
          });
        }
      }
    }
    expect(seen.size).toBe(exceptions.length);
  });
});
