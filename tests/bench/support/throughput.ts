import { existsSync, readFileSync } from 'node:fs';
import autocannon from 'autocannon';

export interface Request {
  url: string;
  headers?: Record<string, string>;
  /** Sent as JSON by POST. */
  body?: object;
}

export interface Load {
  /** Answers per second. */
  rps: number;
  /** Milliseconds of the site's thread per answer; NaN where the system does not tell. */
  cpu: number;
}

// Linux tells what one thread had of the processor; `process.cpuUsage` adds the load's own.
const SCHEDSTAT = `/proc/self/task/${process.pid}/schedstat`;

const threadMs = (): number =>
  existsSync(SCHEDSTAT) ? Number(readFileSync(SCHEDSTAT, 'utf8').split(' ')[0]) / 1e6 : NaN;

/**
 * Answers per second under ten connections. The load comes from a thread of its own: in the site's,
 * it would be a part of both sides that speaks for whoever is slower.
 *
 * @throws Error when one answer was not a 200
 */
export const throughput = async (request: Request, seconds: number): Promise<Load> => {
  const { url, headers = {}, body } = request;
  const before = threadMs();
  const result = await autocannon({
    url,
    connections: 10,
    duration: seconds,
    workers: 1,
    // A machine that is busy with something else is slow, not broken.
    timeout: 120,
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
  const answers = result.requests.total;
  return { rps: answers / result.duration, cpu: (threadMs() - before) / answers };
};

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
};

export interface Rounds {
  rounds: number;
  seconds: number;
  /** What was asked and not waited for must not be a part of the next side. */
  idle: () => Promise<void>;
}

export interface Comparison {
  /** Median over the rounds of ours ÷ reference. */
  ratio: number;
  /** The lowest and the highest round. */
  spread: [number, number];
  /** Medians, answers per second. */
  rps: number;
  baseline: number;
  /** The ratio by processor time per answer, which what else the machine does blurs less. */
  cpuRatio: number;
}

/**
 * Ours against a reference, alternating; every other round the other goes first, so that neither
 * profits from what the machine does meanwhile. The first round warms up and is not counted.
 */
export const compare = async (
  ours: Request,
  reference: Request,
  { rounds, seconds, idle }: Rounds
): Promise<Comparison> => {
  const measure = async (request: Request): Promise<Load> => {
    const load = await throughput(request, seconds);
    await idle();
    return load;
  };
  await measure(reference);
  await measure(ours);
  const results: { ours: Load; reference: Load }[] = [];
  for (let at = 0; at < rounds; at += 1) {
    const oursFirst = at % 2 === 0;
    const first = await measure(oursFirst ? ours : reference);
    const second = await measure(oursFirst ? reference : ours);
    results.push({ ours: oursFirst ? first : second, reference: oursFirst ? second : first });
  }
  const ratios = results.map((pair) => pair.ours.rps / pair.reference.rps);
  return {
    ratio: median(ratios),
    spread: [Math.min(...ratios), Math.max(...ratios)],
    rps: median(results.map((pair) => pair.ours.rps)),
    baseline: median(results.map((pair) => pair.reference.rps)),
    cpuRatio: median(results.map((pair) => pair.reference.cpu / pair.ours.cpu)),
  };
};
