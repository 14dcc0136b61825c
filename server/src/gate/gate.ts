import { AsyncLocalStorage } from 'node:async_hooks';
import type { Core } from '@strapi/strapi';
import type { MembershipAccess } from '../../../contracts';
import { getConfig } from '../config';
import { refKey, type DocumentRef } from '../store/rules';
import type { Entry, Model, RequestContext } from '../strapi-types';
import { forbidCaching } from './caches';
import { findDrafts, mayBeDraft, type Draft, type IsDraft, type Placed } from './drafts';
import { gatedEntry, type Issued } from './entry';
import { createFiles, handOut, type Files } from './files';
import { readGatedTypes, type GatedType, type GatedTypes } from './gated-types';
import { createLoads, type Loads } from './loads';
import { isPublic } from './reader';
import { createInOrder } from './order';
import { createGateRequest, type GateRequest } from './request';
import { defaultRule, failed, type Verdict } from './verdicts';
import { walk, waysTo, type GetModel } from './walk';

/** The gate of one booted site, which its adapters share. */
export interface Gate {
  types: GatedTypes;
  getModel: GetModel;
  /** The files of protected media. */
  files: Files;
  /** The request to gate for; null for the admin, cron and scripts, which pass. */
  current(): RequestContext | null;
  /** What was decided in this request so far. */
  request(ctx: RequestContext): GateRequest;
  /** The answer to this request depends on who asks. */
  touch(ctx: RequestContext): void;
  isTouched(ctx: RequestContext): boolean;
  /** What was decided about one entry. */
  verdict(ctx: RequestContext, entry: Entry, type: GatedType): Promise<Verdict>;
  /** What the gate wrote into an entry, when it has gone through it. */
  issuedOn(entry: Entry): MembershipAccess | null;
  /** Gates every gated entry in an answer to the public, at any depth. */
  answer(ctx: RequestContext, data: unknown, model: Model): Promise<unknown>;
}

/** `{ count: 3 }`, what `populate[x][count]=true` puts in place of entries. */
const isCount = (entry: Entry): boolean =>
  typeof entry.count === 'number' && Object.keys(entry).length === 1;

const isModel = (value: unknown): value is Model =>
  typeof value === 'object' && value !== null && 'uid' in value && 'attributes' in value;

/** Every schema by uid: Strapi types its own look-up by the uids of the site it was generated for. */
const modelsOf = (strapi: Core.Strapi): Map<string, Model> => {
  const schemas: object[] = [strapi.contentTypes, strapi.components];
  const all = schemas.flatMap((some): unknown[] => Object.values(some)).filter(isModel);
  return new Map(all.map((model) => [model.uid, model]));
};

/**
 * Drafts are for staff. They are refused when asked for; this is for those that come by a way of
 * their own, such as a relation of a GraphQL query that asked for drafts of another type.
 */
const closeDraft = (verdict: Verdict, draft: Draft | null): Verdict =>
  draft
    ? {
        rule: verdict.rule,
        decision: verdict.decision.granted
          ? { granted: false, reason: 'no-tier' }
          : verdict.decision,
        draft,
      }
    : verdict;

export const createGate = (strapi: Core.Strapi): Gate => {
  const models = modelsOf(strapi);
  const types = readGatedTypes(models.values());
  const getModel: GetModel = (uid) => models.get(uid);
  const ways = waysTo(models.values(), (uid) => types.has(uid));
  const files = createFiles(strapi, [...models.values()], types, getModel);
  const inOrder = createInOrder();
  const requests = new WeakMap<RequestContext, GateRequest>();
  const inside = new AsyncLocalStorage<Loads>();
  const issued: Issued = new WeakMap();

  const request = (ctx: RequestContext): GateRequest => {
    const known = requests.get(ctx) ?? createGateRequest(strapi, types, ctx, createLoads(inside));
    requests.set(ctx, known);
    return known;
  };

  const issuedOn = ({ membershipAccess }: Entry): MembershipAccess | null =>
    typeof membershipAccess === 'object' && membershipAccess !== null
      ? (issued.get(membershipAccess) ?? null)
      : null;

  /** The gated type of an entry that is still to be gated. */
  const pending = (entry: Entry, model: Model): GatedType | undefined => {
    const type = types.get(model.uid);
    return type && !isCount(entry) && !issuedOn(entry) ? type : undefined;
  };

  /** Without its documentId nothing is known of an entry, and it stays closed. */
  const refOf = (entry: Entry, type: GatedType): DocumentRef | null =>
    typeof entry.documentId === 'string' ? { uid: type.uid, documentId: entry.documentId } : null;

  /** Whether drafts may be among the entries, and are shown. */
  const showsDrafts = async (ctx: RequestContext, placed: Placed[]): Promise<boolean> =>
    placed.some(mayBeDraft) && (await request(ctx).caller()).readAll !== null;

  /** Staff see drafts; to everybody else they are locked. */
  const draftsFor = async (ctx: RequestContext, placed: Placed[]): Promise<IsDraft> => {
    if (!placed.some(mayBeDraft)) return () => null;
    return (await showsDrafts(ctx, placed)) ? () => null : findDrafts(strapi, placed);
  };

  const touched = new WeakSet<RequestContext>();
  const touch = (ctx: RequestContext): void => {
    if (touched.has(ctx)) return;
    touched.add(ctx);
    forbidCaching(ctx);
  };

  return {
    types,
    getModel,
    files,
    touch,
    isTouched: (ctx) => touched.has(ctx),
    request,
    current() {
      if (types.size === 0 || !getConfig(strapi).access.enabled) return null;
      const ctx: RequestContext | undefined = strapi.requestContext.get();
      return ctx && isPublic(ctx) ? ctx : null;
    },
    async answer(ctx, data, model) {
      const isGated = types.has(model.uid);
      if (!isGated && ways(model).length === 0) return data;
      const refs: DocumentRef[] = [];
      const placed: Placed[] = [];
      const note = (entry: Entry, at: Model): Entry => {
        const type = pending(entry, at);
        if (!type) return entry;
        const ref = refOf(entry, type);
        if (ref) refs.push(ref);
        placed.push({ entry, model: at });
        return entry;
      };
      walk(data, model, getModel, note, ways);
      if (isGated || placed.length > 0) touch(ctx);
      if (placed.length === 0) return data;

      const verdicts = await request(ctx).decide(refs);
      const isDraft = await draftsFor(ctx, placed);
      const drafts = files.active && (await showsDrafts(ctx, placed));
      const gateOne = (found: Entry, at: Model): Entry => {
        const entry = inOrder(found, at);
        const type = pending(entry, at);
        if (!type) return entry;
        const ref = refOf(entry, type);
        const verdict = closeDraft(
          (ref && verdicts.get(refKey(ref))) ?? failed(defaultRule(strapi, type)),
          isDraft(entry, at)
        );
        const gated = gatedEntry(entry, type, verdict, issued);
        const mayBe = drafts && mayBeDraft({ entry, model: at });
        return handOut(files, gated, at, verdict.decision, { draft: mayBe, at: request(ctx).at });
      };
      return walk(data, model, getModel, gateOne, ways);
    },
    issuedOn,
    async verdict(ctx, entry, type) {
      const ref = refOf(entry, type);
      const asked = request(ctx);
      const verdict = ref && (await asked.decide([ref])).get(refKey(ref));
      const model = getModel(type.uid);
      const isDraft = await draftsFor(ctx, model ? [{ entry, model }] : []);
      return closeDraft(verdict ?? failed(defaultRule(strapi, type)), isDraft(entry, model));
    },
  };
};
