import type { Core } from '@strapi/strapi';
import { now } from '../config';
import type { Reader } from '../domain/access';
import type { Holdings } from '../store/holdings';
import { findRules, type DocumentRef, type StoredRule } from '../store/rules';
import type { RequestContext } from '../strapi-types';
import type { GatedType, GatedTypes } from './gated-types';
import { createBatches } from './batches';
import type { Loads } from './loads';
import { holdingsOf, readCaller, toReader, userIdOf, type Caller } from './reader';
import { defaultRule, failed, judge, type Verdict } from './verdicts';

/** The gate for one request: who asks, when, and what was decided for them so far. */
export interface GateRequest {
  caller(): Promise<Caller>;
  holdings(): Promise<Holdings>;
  /**
   * Decides on documents of gated types; asked within one tick, or while a GraphQL request is still
   * loading, they share one query. What it answers holds these documents, by `refKey`, beside whatever
   * was decided before.
   */
  decide(refs: readonly DocumentRef[]): Promise<ReadonlyMap<string, Verdict>>;
  /** Milliseconds; read once. */
  at: number;
  /** What a GraphQL request is loading. */
  loads: Loads;
}

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
};

/** No rule is asked of a reader whose grants are not needed: then they are not looked up. */
export const isOpenToAll = (rule: StoredRule, at: number): boolean =>
  rule.visibility === 'public' || (rule.opensAt !== null && rule.opensAt <= at);

const VISITOR: Reader = { readAll: null, signedIn: false, suspended: false, grants: [] };

/**
 * Decisions for one request. GraphQL resolves field by field and `/api/users` sanitizes user by
 * user: whatever is asked before the event loop turns, or while lists that were asked for side by side
 * are still loading, is answered by one query for the rules, and the reader's grants are read once.
 */
export const createGateRequest = (
  strapi: Core.Strapi,
  types: GatedTypes,
  ctx: RequestContext,
  loads: Loads
): GateRequest => {
  const at = now(strapi);
  const caller = once(() => readCaller(strapi, ctx));
  const userId = userIdOf(ctx);
  const holdings = once(() => holdingsOf(strapi, userId));
  const verdicts = new Map<string, Verdict>();

  const judgeAll = async (rules: ReadonlyMap<string, StoredRule>): Promise<void> => {
    const openToAll = [...rules.values()].every((rule) => isOpenToAll(rule, at));
    const reader = openToAll ? VISITOR : toReader({ userId, readAll: null }, await holdings());
    const closed: [string, StoredRule][] = [];
    for (const [key, rule] of rules) {
      const verdict = judge(rule, reader, at);
      verdicts.set(key, verdict);
      if (!verdict.decision.granted) closed.push([key, rule]);
    }
    // Only what is closed asks for `readAll`: Strapi says no by an error, which takes its time.
    if (closed.length === 0) return;
    const { readAll } = await caller();
    if (readAll === null) return;
    for (const [key, rule] of closed) verdicts.set(key, judge(rule, { ...reader, readAll }, at));
  };

  const load = async (refs: ReadonlyMap<string, DocumentRef>): Promise<void> => {
    const ruleOf = (ref: DocumentRef, own?: StoredRule): StoredRule => {
      const type: GatedType | undefined = types.get(ref.uid);
      return (
        own ??
        (type
          ? defaultRule(strapi, type)
          : { visibility: 'tiers', tiers: [], opensAt: null, dripDays: null })
      );
    };
    try {
      const stored = await findRules(strapi, [...refs.values()]);
      const rules = new Map<string, StoredRule>();
      for (const [key, ref] of refs) rules.set(key, ruleOf(ref, stored.get(key)));
      await judgeAll(rules);
    } catch (error) {
      strapi.log.error(
        `memberships: the gate could not decide and stays closed: ${error instanceof Error ? error.message : String(error)}`
      );
      for (const [key, ref] of refs) verdicts.set(key, failed(ruleOf(ref)));
    }
  };

  const ask = createBatches(loads, load);

  return {
    at,
    loads,
    caller,
    holdings,
    async decide(refs) {
      await ask(refs);
      return verdicts;
    },
  };
};
