import { startStripe, type StripeSimulator } from '../index';
import { compare, isRecord, type Difference } from './compare';
import { IdMap } from './ids';
import type { Pair, Recording } from './recordings';
import { createSeeder, type Send } from './seed';

/** One call of a recording, with what was different when the simulator was asked. */
export interface Replayed {
  call: string;
  version: string;
  differences: Difference[];
}

/**
 * Sends a recording's requests to a fresh simulator, one after the other, with its clock where
 * Stripe's was; ids that Stripe drew are replaced by those the simulator drew.
 */
export async function replay(recording: Recording): Promise<Replayed[]> {
  const sim = await startStripe({
    now: Date.parse(recording.pairs[0]?.recorded_at ?? '2026-01-01'),
  });
  try {
    const ids = new IdMap();
    const send = sender(sim);
    const seeder = createSeeder(recording, ids, send);
    await seeder.prices();
    const done: Replayed[] = [];
    for (const pair of recording.pairs) {
      await sim.advance({ to: Math.max(sim.now(), Date.parse(pair.recorded_at)) });
      if (pair.status !== 401) await seeder.before(pair);
      done.push(await replayPair(pair, ids, send));
    }
    if (sim.violations.length > 0) throw new Error(sim.violations.join('\n'));
    return done;
  } finally {
    await sim.close();
  }
}

async function replayPair(pair: Pair, ids: IdMap, send: Send): Promise<Replayed> {
  const { method, uri, body } = pair.request;
  const url = new URL(uri);
  const path = ids.translate(`${url.pathname}${url.search}`);
  const { status, body: answered } = await send(method, path, ids.translate(body ?? ''), {
    version: pair.stripe_version,
    ...(pair.status === 401 ? { key: 'sk_test_of_somebody_else' } : {}),
  });
  const call = `${method.toUpperCase()} ${url.pathname}`;
  const version = pair.stripe_version;
  if (status !== pair.status) {
    const message = isRecord(answered) ? JSON.stringify(answered.error) : '';
    const difference = { recorded: pair.status, answered: `${status} ${message}` };
    return { call, version, differences: [{ kind: 'status', at: 'status', ...difference }] };
  }
  ids.learn(pair.response, answered);
  return { call, version, differences: compare(pair.response, answered) };
}

function sender(sim: StripeSimulator): Send {
  return async (method, path, body, { key = sim.secretKey, version } = {}) => {
    const posts = method.toLowerCase() === 'post';
    const answer = await fetch(`${sim.url}${path}`, {
      method: method.toUpperCase(),
      headers: {
        Authorization: `Bearer ${key}`,
        ...(posts ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}),
        ...(version ? { 'Stripe-Version': version } : {}),
      },
      ...(posts ? { body: body ?? '' } : {}),
    });
    return { status: answer.status, body: await answer.json() };
  };
}
