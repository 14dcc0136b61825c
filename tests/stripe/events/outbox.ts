import { setTimeout as delay } from 'node:timers/promises';
import type { EventRecord, WebhookEndpoint } from '../types';
import type { World } from '../world';
import { post, type Delivery } from './delivery';
import { matchesType } from './matching';

interface Job {
  world: World;
  event: EventRecord;
  endpoint: WebhookEndpoint;
  attempt: number;
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

  constructor(private readonly retryDelays: number[]) {}

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
      this.enqueue({ ...job, attempt: 1 });
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
    const answer = await post(job.event, job.endpoint, this.stop.signal);
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
    });
    if (ok) this.delivered(job);
    if (willRetry) void this.retryAfter(wait, job);
    else this.settled();
  }

  private async retryAfter(wait: number, job: Job): Promise<void> {
    try {
      await delay(wait, undefined, { signal: this.stop.signal });
    } catch {
      this.settled();
      return;
    }
    this.enqueue({ ...job, attempt: job.attempt + 1 });
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
