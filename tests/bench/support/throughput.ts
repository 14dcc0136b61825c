import autocannon from 'autocannon';

export interface Request {
  url: string;
  headers?: Record<string, string>;
  /** Sent as JSON by POST. */
  body?: object;
}

/**
 * Answers per second under ten connections. The load comes from a thread of its own: in the site's,
 * it would be a part of both sides that speaks for whoever is slower.
 *
 * @throws Error when one answer was not a 200
 */
export const throughput = async (request: Request, seconds: number): Promise<number> => {
  const { url, headers = {}, body } = request;
  const result = await autocannon({
    url,
    connections: 10,
    duration: seconds,
    workers: 1,
    ...(body
      ? {
          method: 'POST' as const,
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }
      : { headers }),
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} answers were not 2xx, ${result.errors} failed`);
  }
  return result.requests.total / result.duration;
};

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
};

export interface Comparison {
  /** Median over the rounds of ours ÷ reference. */
  ratio: number;
  /** The lowest and the highest round. */
  spread: [number, number];
  /** Medians, answers per second. */
  rps: number;
  baseline: number;
}

/**
 * Ours against a reference, alternating; every other round the other goes first, so that neither
 * profits from what the machine does meanwhile. The first round warms up and is not counted.
 */
export const compare = async (
  ours: Request,
  reference: Request,
  { rounds, seconds }: { rounds: number; seconds: number }
): Promise<Comparison> => {
  await throughput(reference, seconds);
  await throughput(ours, seconds);
  const results: { ours: number; reference: number }[] = [];
  for (let at = 0; at < rounds; at += 1) {
    const pair = { ours: 0, reference: 0 };
    const sides =
      at % 2 === 0 ? (['ours', 'reference'] as const) : (['reference', 'ours'] as const);
    for (const side of sides) {
      pair[side] = await throughput(side === 'ours' ? ours : reference, seconds);
    }
    results.push(pair);
  }
  const ratios = results.map((pair) => pair.ours / pair.reference);
  return {
    ratio: median(ratios),
    spread: [Math.min(...ratios), Math.max(...ratios)],
    rps: median(results.map((pair) => pair.ours)),
    baseline: median(results.map((pair) => pair.reference)),
  };
};
