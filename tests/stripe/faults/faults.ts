import { matchesType } from '../events/matching';
import type { EventRecord, WebhookEndpoint } from '../types';
import { dice } from './dice';
import type { ApiFault, DeliveryFault, FaultPlan, Injected } from './plan';

interface Armed<Rule> {
  rule: Rule;
  roll: () => number;
  seen: number;
  struck: number;
}

/**
 * Decides what goes wrong, and keeps the list of it. Every rule has dice of its own, thrown once for
 * each call or event it is about: the same plan over the same sequence strikes the same ones.
 */
export class Faults {
  readonly log: Injected[] = [];
  private api: Armed<ApiFault>[] = [];
  private delivery: Armed<DeliveryFault>[] = [];

  /** Replaces the plan; the log goes on. */
  set({ seed = 1, api = [], delivery = [] }: FaultPlan): void {
    this.api = api.map((rule, index) => arm(rule, seed * 1000 + index));
    this.delivery = delivery.map((rule, index) => arm(rule, seed * 1000 + 500 + index));
  }

  clear(): void {
    this.set({});
  }

  /** The first fault that strikes a call (`POST /v1/customers`). */
  onCall(call: string): ApiFault | undefined {
    const found = this.api.find(
      (armed) => new RegExp(armed.rule.call ?? '').test(call) && strikes(armed)
    );
    if (!found) return undefined;
    this.log.push({ on: 'api', kind: found.rule.kind, at: Date.now(), call });
    return found.rule;
  }

  /** Every fault that strikes an event on its way to an endpoint. */
  onDelivery(event: EventRecord, endpoint: WebhookEndpoint): DeliveryFault[] {
    const found = this.delivery
      .filter(({ rule }) => matchesType(rule.events ?? ['*'], event.type))
      .filter((armed) => strikes(armed))
      .map(({ rule }) => rule);
    for (const { kind } of found) {
      this.log.push({
        on: 'delivery',
        kind,
        at: Date.now(),
        event: event.id,
        type: event.type,
        endpoint: endpoint.id,
      });
    }
    return found;
  }
}

function arm<Rule>(rule: Rule, seed: number): Armed<Rule> {
  return { rule, roll: dice(seed), seen: 0, struck: 0 };
}

function strikes(armed: Armed<ApiFault | DeliveryFault>): boolean {
  const { probability = 1, count = Infinity, skip = 0 } = armed.rule;
  armed.seen += 1;
  const falls = armed.roll() < probability;
  if (!falls || armed.seen <= skip || armed.struck >= count) return false;
  armed.struck += 1;
  return true;
}
