import type { Core } from '@strapi/strapi';
import type { Audience, Rule, RuleChoices, RuleInput } from '../../../contracts';
import { now } from '../config';
import { badRequest, notFound } from '../errors';
import { countAudience } from '../store/audience';
import { deleteRule, findRules, refKey, saveRule, type DocumentRef } from '../store/rules';
import { table, toIsoOrNull } from '../store';
import { choicesOf } from './choices';
import type { Gate } from './gate';
import { defaultRule } from './verdicts';

/** The editor's side of the rules: one per document, for every language and version of it. */
export interface Rules {
  read(ref: DocumentRef): Promise<Rule>;
  /** Replaces the rule; what the input leaves out is reset. */
  write(ref: DocumentRef, input: RuleInput): Promise<Rule>;
  /** Back to the type's default. */
  remove(ref: DocumentRef): Promise<Rule>;
  /**
   * What there is to choose from for entries of a type.
   *
   * @throws RequestError 404 when the type is not gated
   */
  choices(uid: string): Promise<RuleChoices>;
  /** How many would read under a rule that need not be saved. Tiers that do not exist open nothing. */
  audience(input: RuleInput): Promise<Audience>;
}

/** Database ids of tiers by documentId, archived ones too: their holders keep reading. */
const tierIds = async (strapi: Core.Strapi, documentIds: string[]): Promise<number[]> => {
  const wanted = [...new Set(documentIds)];
  const found = await table(strapi, 'tier').findMany({
    where: { documentId: { $in: wanted } },
    select: ['id', 'documentId'],
  });
  const missing = wanted.find((id) => !found.some((tier) => tier.documentId === id));
  if (missing !== undefined) throw badRequest(`there is no tier ${missing}`, { field: 'tiers' });
  return found.map((tier) => tier.id);
};

export const createRules = (strapi: Core.Strapi, gate: () => Gate): Rules => {
  const typeOf = (uid: string) => {
    const type = gate().types.get(uid);
    if (!type) throw notFound(`${uid} is not a members-only content type`, { field: 'uid' });
    return type;
  };

  const check = async ({ uid, documentId }: DocumentRef) => {
    const type = typeOf(uid);
    const row: unknown = await strapi.db
      .query(uid)
      .findOne({ where: { documentId }, select: ['id'] });
    if (!row) throw notFound(`there is no ${uid} ${documentId}`, { field: 'documentId' });
    return type;
  };

  const read = async (ref: DocumentRef): Promise<Rule> => {
    const type = await check(ref);
    const own = (await findRules(strapi, [ref])).get(refKey(ref));
    const { visibility, tiers, opensAt, dripDays } = own ?? defaultRule(strapi, type);
    return { visibility, tiers, opensAt: toIsoOrNull(opensAt), dripDays, isDefault: !own };
  };

  return {
    read,
    async write(ref, { visibility, tiers = [], opensAt = null, dripDays = null }) {
      await check(ref);
      if (visibility === 'tiers' && tiers.length === 0) {
        throw badRequest('choose at least one tier, or nobody could read this', { field: 'tiers' });
      }
      // Looked up even where the visibility does not ask for them: a wrong id is a mistake.
      const ids = await tierIds(strapi, tiers);
      await saveRule(strapi, ref, {
        visibility,
        tiers: visibility === 'tiers' ? ids : [],
        opensAt: opensAt === null ? null : new Date(opensAt).toISOString(),
        dripDays,
      });
      return read(ref);
    },
    async remove(ref) {
      await check(ref);
      await deleteRule(strapi, ref);
      return read(ref);
    },
    async choices(uid) {
      const type = typeOf(uid);
      const model = gate().getModel(uid);
      if (!model) throw notFound(`there is no content type ${uid}`, { field: 'uid' });
      return choicesOf(strapi, model, type);
    },
    async audience({ visibility, tiers = [], opensAt = null, dripDays = null }) {
      const at = now(strapi);
      const opened = opensAt !== null && Date.parse(opensAt) <= at;
      return {
        everyone: visibility === 'public' || opened,
        ...(await countAudience(strapi, { visibility, tiers, dripDays }, at)),
      };
    },
  };
};
