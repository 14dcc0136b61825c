import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { EventRecord, WebhookEndpoint } from '../types';
import { eventInVersion } from '../versions';
import type { Faults } from '../faults/faults';
import type { DeliveryFault } from '../faults/plan';
import type { World } from '../world';
import { post, type Delivery } from './delivery';
import { matchesType } from './matching';
import { sign, type Sent } from './tamper';

interface Job {
  world: World;
  event: EventRecord;
  endpoint: WebhookEndpoint;
  attempt: number;
  faults: DeliveryFault[];
}

/** One that waits until some others have overtaken it. */
interface Held {
  endpoint: string;
  left: number;
  release: () => void;
}

/**
 * Sends recorded events to the endpoints that want them: first attempts one after the other per
 * endpoint, retries on their own after `retryDelays` (real milliseconds).
 */
export class Outbox {
  readonly log: Delivery[] = [];
  private readonly queues = new Map<string, Promise<void>>();
  private readonly stop = new AbortController();
  private pending = 0;
  private waiting: (() => void)[] = [];

  private held: Held[] = [];

  constructor(
    private readonly retryDelays: number[],
    private readonly faults: Faults
  ) {
    // Everything under way listens for the end, and in an outage that is a lot.
    setMaxListeners(0, this.stop.signal);
  }

  /** Queues the event for every endpoint that wants it; says how many do. */
  send(world: World, event: EventRecord, only?: string): number {
    const endpoints = world.tables.webhookEndpoints.filter(
      (endpoint) =>
        endpoint.status === 'enabled' &&
        (only === undefined || endpoint.id === only) &&
        matchesType(endpoint.enabled_events, event.type)
    );
    for (const endpoint of endpoints) {
      const job = { world, event: { ...event, pending_webhooks: endpoints.length }, endpoint };
      this.dispatch({ ...job, attempt: 1, faults: this.faults.onDelivery(event, endpoint) });
    }
    return endpoints.length;
  }

  /** Resolves when every delivery, retries included, has succeeded or been given up. */
  idle(): Promise<void> {
    if (this.pending === 0) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Gives up everything that is under way. */
  async close(): Promise<void> {
    this.stop.abort();
    await this.idle();
  }

  /** Queues a first attempt, unless a fault has other plans for it. */
  private dispatch(job: Job): void {
    const fault = (kind: DeliveryFault['kind']) => job.faults.find((each) => each.kind === kind);
    if (fault('drop')) return;
    const copies = fault('duplicate') ? 1 + (fault('duplicate')?.copies ?? 1) : 1;
    const late = fault('delay');
    const overtaken = fault('reorder');
    for (let copy = 0; copy < copies; copy += 1) {
      if (late) void this.after(late.delay ?? 100, () => this.enqueue(job));
      else if (overtaken) this.hold(job, overtaken);
      else this.enqueue(job);
    }
    if (!overtaken && !late) this.overtake(job.endpoint.id);
  }

  private hold(job: Job, { by = 1, delay: longest = 250 }: DeliveryFault): void {
    let released = false;
    this.pending += 1;
    const release = () => {
      if (released) return;
      released = true;
      this.held = this.held.filter((each) => each.release !== release);
      this.enqueue(job);
      this.settled();
    };
    this.held.push({ endpoint: job.endpoint.id, left: by, release });
    void this.after(longest, release);
  }

  private overtake(endpoint: string): void {
    for (const held of this.held) {
      if (held.endpoint !== endpoint) continue;
      held.left -= 1;
      if (held.left <= 0) held.release();
    }
  }

  /** Does something later, and counts as busy until then. */
  private async after(wait: number, task: () => void): Promise<void> {
    this.pending += 1;
    try {
      await delay(wait, undefined, { signal: this.stop.signal });
    } catch {
      // Closing: what is held is let go, to be given up in its turn.
    }
    task();
    this.settled();
  }

  private enqueue(job: Job): void {
    this.pending += 1;
    const before = this.queues.get(job.endpoint.id) ?? Promise.resolve();
    const done = before.then(() => this.attempt(job));
    this.queues.set(job.endpoint.id, done);
  }

  private async attempt(job: Job): Promise<void> {
    if (this.stop.signal.aborted) {
      this.settled();
      return;
    }
    const answer = await post(this.sent(job), job.endpoint, this.stop.signal);
    const ok = answer.status !== null && answer.status >= 200 && answer.status < 300;
    const wait = ok ? undefined : this.retryDelays[job.attempt - 1];
    const willRetry = wait !== undefined && !this.stop.signal.aborted;
    this.log.push({
      event: job.event.id,
      type: job.event.type,
      endpoint: job.endpoint.id,
      url: job.endpoint.url,
      attempt: job.attempt,
      ...answer,
      ok,
      willRetry,
      faults: job.faults.map((fault) => fault.kind),
    });
    if (ok) this.delivered(job);
    if (willRetry) void this.retryAfter(wait, job);
    else this.settled();
  }

  /** The body Stripe posts: the event in the endpoint's version, printed with two spaces. */
  private sent({ world, event, endpoint, faults }: Job): Sent {
    const version = faults.find((fault) => fault.kind === 'version')?.version;
    const shaped = eventInVersion(world, event, version ?? endpoint.api_version);
    const seconds = Math.floor(Date.now() / 1000);
    return sign(JSON.stringify(shaped, null, 2), endpoint.secret ?? '', faults, seconds);
  }

  private async retryAfter(wait: number, job: Job): Promise<void> {
    try {
      await delay(wait, undefined, { signal: this.stop.signal });
    } catch {
      this.settled();
      return;
    }
    const faults = job.faults.filter((fault) => fault.kind === 'version');
    this.enqueue({ ...job, attempt: job.attempt + 1, faults });
    this.settled();
  }

  private delivered({ world, event }: Job): void {
    const stored = world.tables.events.get(event.id);
    if (!stored) return;
    const pending = Math.max(0, stored.pending_webhooks - 1);
    world.tables.events.put({ ...stored, pending_webhooks: pending });
  }

  private settled(): void {
    this.pending -= 1;
    if (this.pending > 0) return;
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}
