import type { Core } from '@strapi/strapi';
import type { MembershipAccess, Rule } from '../../../contracts';
import { getConfig, now } from '../config';
import { isActive } from '../domain/access';
import { notFound } from '../errors';
import { findHoldings, type Holdings } from '../store/holdings';
import { findRules, refKey, type DocumentRef } from '../store/rules';
import type { RequestContext } from '../strapi-types';
import { examine, type Examination, type Subject } from './examine';
import type { Gate } from './gate';
import { toReader } from './reader';
import { createRules, type Rules } from './rules';
import { defaultRule, judge, toMembershipAccess, type Verdict } from './verdicts';

/** A member by documentId, as `plugin::memberships.member` has it. */
export interface MemberRef {
  documentId: string;
}

/** Whoever is asking: a request of the content API, or a member. */
export type Who = RequestContext | MemberRef;

/** What the caller holds, for policies and paywalls. */
export interface Standing {
  signedIn: boolean;
  suspended: boolean;
  /** Staff or a token that reads everything. */
  readAll: boolean;
  /** Slugs of the tiers held now. */
  held: string[];
  /** documentIds of the tiers held now and of every tier those include. */
  opens: string[];
}

/** `strapi.plugin('memberships').service('access')`: the gate for a site's own code. */
export interface Access {
  /** Whether somebody may read a document now. Documents of types that are not gated: yes. */
  can(who: Who, uid: string, documentId: string): Promise<boolean>;
  /**
   * The same with its reason, as `membershipAccess` in an answer; null when the type is not gated, or
   * there is no such document (to the content API a draft is none, but to staff).
   */
  explain(who: Who, uid: string, documentId: string): Promise<MembershipAccess | null>;
  /**
   * For an operator: the decision about a document of a gated type, for a visitor, a member or whoever
   * is given a tier now, with each grant that was looked at.
   *
   * @throws RequestError 400, 404
   */
  examine(uid: string, documentId: string, subject: Subject): Promise<Examination & { rule: Rule }>;
  /** Of some entries of one type, those that somebody may read now. */
  filter<T extends { documentId: string }>(who: Who, uid: string, entries: T[]): Promise<T[]>;
  /**
   * Entries as the caller may see them, with `membershipAccess`, at any depth: for controllers that
   * do not end in `sanitizeOutput`.
   */
  sanitize(ctx: RequestContext, uid: string, data: unknown): Promise<unknown>;
  /** What the caller of a request holds. */
  standing(ctx: RequestContext): Promise<Standing>;
  /** Whether a content type is gated. */
  isGated(uid: string): boolean;
  rules: Rules;
}

const isRequest = (who: Who): who is RequestContext => 'request' in who;

export const createAccessService = (strapi: Core.Strapi, gate: () => Gate): Access => {
  const decideFor = async (
    member: MemberRef,
    refs: DocumentRef[]
  ): Promise<Map<string, Verdict>> => {
    const at = now(strapi);
    const rules = await findRules(strapi, refs);
    const holdings = await findHoldings(strapi, { memberDocumentId: member.documentId });
    const reader = {
      ...toReader({ userId: null, readAll: null }, holdings),
      signedIn: holdings.member !== null,
    };
    return new Map(
      refs.flatMap((ref) => {
        const type = gate().types.get(ref.uid);
        if (!type) return [];
        const rule = rules.get(refKey(ref)) ?? defaultRule(strapi, type);
        return [[refKey(ref), judge(rule, reader, at)] as const];
      })
    );
  };

  /** What a route makes of a decision about its caller is that caller's, too. */
  const decide = (who: Who, refs: DocumentRef[]): Promise<ReadonlyMap<string, Verdict>> => {
    if (!isRequest(who)) return decideFor(who, refs);
    gate().touch(who);
    return gate().request(who).decide(refs);
  };

  const exists = async (who: Who, uid: string, documentId: string): Promise<boolean> => {
    const drafts = gate().getModel(uid)?.options?.draftAndPublish ?? false;
    const staff = isRequest(who) && (await gate().request(who).caller()).readAll !== null;
    const published = drafts && !staff ? { publishedAt: { $notNull: true } } : {};
    const row: unknown = await strapi.db
      .query(uid)
      .findOne({ where: { documentId, ...published }, select: ['id'] });
    return row !== null;
  };

  const applies = (uid: string): boolean =>
    getConfig(strapi).access.enabled && gate().types.has(uid);

  const rules = createRules(strapi, gate);
  const held = ({ grants }: Holdings, at: number) => grants.filter((grant) => isActive(grant, at));

  return {
    rules,
    isGated: (uid) => gate().types.has(uid),
    async can(who, uid, documentId) {
      if (!applies(uid)) return true;
      const ref = { uid, documentId };
      return (await decide(who, [ref])).get(refKey(ref))?.decision.granted ?? false;
    },
    async explain(who, uid, documentId) {
      if (!gate().types.has(uid)) return null;
      if (isRequest(who)) gate().touch(who);
      if (!(await exists(who, uid, documentId))) return null;
      const ref = { uid, documentId };
      const verdict = (await decide(who, [ref])).get(refKey(ref));
      return verdict ? toMembershipAccess(verdict, false) : null;
    },
    async examine(uid, documentId, subject) {
      const ref = { uid, documentId };
      // Says what is not there before anything is decided about it.
      const rule = await rules.read(ref);
      const type = gate().types.get(uid);
      if (!type) throw notFound(`${uid} is not a members-only content type`, { field: 'uid' });
      return { ...(await examine(strapi, type, ref, subject)), rule };
    },
    async filter(who, uid, entries) {
      if (!applies(uid)) return entries;
      const refs = entries.map(({ documentId }) => ({ uid, documentId }));
      const verdicts = await decide(who, refs);
      return entries.filter(
        ({ documentId }) => verdicts.get(refKey({ uid, documentId }))?.decision.granted ?? false
      );
    },
    sanitize(ctx, uid, data) {
      const model = gate().getModel(uid);
      if (!model) throw new Error(`there is no content type ${uid}`);
      return getConfig(strapi).access.enabled
        ? gate().answer(ctx, data, model)
        : Promise.resolve(data);
    },
    async standing(ctx) {
      gate().touch(ctx);
      const request = gate().request(ctx);
      const caller = await request.caller();
      const holdings = await request.holdings();
      const active = holdings.suspended ? [] : held(holdings, request.at);
      return {
        signedIn: caller.userId !== null,
        suspended: holdings.suspended,
        readAll: caller.readAll !== null,
        held: [...new Set(active.flatMap(({ tier }) => (tier ? [tier.slug] : [])))],
        opens: [...new Set(active.flatMap(({ opens }) => opens))],
      };
    },
  };
};
