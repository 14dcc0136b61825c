import type { Core } from '@strapi/strapi';
import * as yup from 'yup';
import type { Rule, RuleInput, Visibility } from '../../../contracts';
import { badRequest, notFound } from '../errors';
import { deleteRule, findRules, refKey, saveRule, type DocumentRef } from '../store/rules';
import { table, toIsoOrNull } from '../store';
import type { Gate } from './gate';
import { defaultRule } from './verdicts';

/** The editor's side of the rules: one per document, for every language and version of it. */
export interface Rules {
  read(ref: DocumentRef): Promise<Rule>;
  /** Replaces the rule; what the input leaves out is reset. */
  write(ref: DocumentRef, input: RuleInput): Promise<Rule>;
  /** Back to the type's default. */
  remove(ref: DocumentRef): Promise<Rule>;
}

/** The body of `PUT /memberships/rules/:uid/:documentId`. */
export const ruleInput: yup.ObjectSchema<RuleInput> = yup
  .object({
    visibility: yup
      .mixed<Visibility>()
      .oneOf(
        ['public', 'members', 'paid', 'tiers'],
        'visibility must be one of: public, members, paid, tiers'
      )
      .required('visibility is required'),
    tiers: yup
      .array()
      .typeError('tiers must be a list of documentIds')
      .of(yup.string().typeError('tiers must be a list of documentIds').required())
      .max(1000),
    opensAt: yup
      .string()
      .typeError('opensAt must be a date and time such as 2026-01-31T09:00:00.000Z')
      .datetime({
        message: 'opensAt must be a date and time such as 2026-01-31T09:00:00.000Z',
        allowOffset: true,
      })
      .nullable(),
    dripDays: yup
      .number()
      .typeError('dripDays must be a whole number of days')
      .integer('dripDays must be a whole number of days')
      .min(0)
      .max(36_500)
      .nullable(),
  })
  .typeError('the body must be an object with a visibility')
  .noUnknown(true, 'unknown key: ${unknown}')
  .strict(true)
  .required();

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
  const check = async ({ uid, documentId }: DocumentRef) => {
    const type = gate().types.get(uid);
    if (!type) throw notFound(`${uid} is not a members-only content type`, { field: 'uid' });
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
  };
};
