import type { Core } from '@strapi/strapi';
import { now } from '../config';
import type { Reader } from '../domain/access';
import type { Holdings } from '../store/holdings';
import { findRules, refKey, type DocumentRef, type StoredRule } from '../store/rules';
import type { RequestContext } from '../strapi-types';
import type { GatedType, GatedTypes } from './gated-types';
import { holdingsOf, readCaller, toReader, type Caller } from './reader';
import { defaultRule, failed, judge, type Verdict } from './verdicts';

/** The gate for one request: who asks, when, and what was decided for them so far. */
export interface GateRequest {
  caller(): Promise<Caller>;
  holdings(): Promise<Holdings>;
  /** Decides on documents of gated types; asked within one tick, they share one query. */
  decide(refs: readonly DocumentRef[]): Promise<Map<string, Verdict>>;
  /** Milliseconds; read once. */
  at: number;
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
 * user: whatever is asked before the event loop turns is answered by one query for the rules, and
 * the reader's grants are read once.
 */
export const createGateRequest = (
  strapi: Core.Strapi,
  types: GatedTypes,
  ctx: RequestContext
): GateRequest => {
  const at = now(strapi);
  const caller = once(() => readCaller(strapi, ctx));
  const holdings = once(async () => holdingsOf(strapi, await caller()));
  const verdicts = new Map<string, Promise<Verdict>>();
  let batch: { refs: DocumentRef[]; done: Promise<Map<string, Verdict>> } | undefined;

  const readerFor = async (rules: Iterable<StoredRule>): Promise<Reader> => {
    if ([...rules].every((rule) => isOpenToAll(rule, at))) return VISITOR;
    const asking = await caller();
    return toReader(asking, await holdings());
  };

  const load = async (refs: DocumentRef[]): Promise<Map<string, Verdict>> => {
    const ruleOf = (ref: DocumentRef, stored?: Map<string, StoredRule>): StoredRule => {
      const type: GatedType | undefined = types.get(ref.uid);
      const own = stored?.get(refKey(ref));
      return (
        own ??
        (type
          ? defaultRule(strapi, type)
          : { visibility: 'tiers', tiers: [], opensAt: null, dripDays: null })
      );
    };
    try {
      const stored = await findRules(strapi, refs);
      const rules = new Map(refs.map((ref) => [refKey(ref), ruleOf(ref, stored)]));
      const reader = await readerFor(rules.values());
      return new Map([...rules].map(([key, rule]) => [key, judge(rule, reader, at)]));
    } catch (error) {
      strapi.log.error(
        `memberships: the gate could not decide and stays closed: ${error instanceof Error ? error.message : String(error)}`
      );
      return new Map(refs.map((ref) => [refKey(ref), failed(ruleOf(ref))]));
    }
  };

  const enqueue = (ref: DocumentRef): Promise<Verdict> => {
    if (!batch) {
      const refs: DocumentRef[] = [];
      // After the promises of this tick: resolvers that run side by side get to ask first.
      const ticked = Promise.resolve().then(
        () => new Promise<void>((resolve) => process.nextTick(resolve))
      );
      const done = ticked.then(() => {
        batch = undefined;
        return load(refs);
      });
      batch = { refs, done };
    }
    batch.refs.push(ref);
    return batch.done.then((all) => {
      const verdict = all.get(refKey(ref));
      if (!verdict) throw new Error('the batch lost a document');
      return verdict;
    });
  };

  return {
    at,
    caller,
    holdings,
    async decide(refs) {
      const wanted = new Map<string, Promise<Verdict>>();
      for (const ref of refs) {
        const key = refKey(ref);
        const verdict = verdicts.get(key) ?? enqueue(ref);
        verdicts.set(key, verdict);
        wanted.set(key, verdict);
      }
      const keys = [...wanted.keys()];
      const all = await Promise.all(wanted.values());
      return new Map(all.map((verdict, index) => [keys[index] ?? '', verdict]));
    },
  };
};
