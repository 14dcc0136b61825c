import type { Core } from '@strapi/strapi';
import { copyRule, deleteRule } from '../store/rules';
import { strapiTransaction } from '../strapi-services';

const documentIdIn = (value: unknown): string | null =>
  typeof value === 'object' &&
  value !== null &&
  'documentId' in value &&
  typeof value.documentId === 'string'
    ? value.documentId
    : null;

/** Strapi's own and other plugins' types: no rule is ever written for most of them. */
const mayHaveRules = (uid: string): boolean =>
  uid.startsWith('api::') || uid.startsWith('plugin::');

const isGone = async (strapi: Core.Strapi, uid: string, documentId: string): Promise<boolean> => {
  const row: unknown = await strapi.db
    .query(uid)
    .findOne({ where: { documentId }, select: ['id'] });
  return !row;
};

/**
 * Rules follow their documents: a clone gets the rule of what it was cloned from, and the rule goes
 * with the document's last locale. Types whose gate is switched off are followed too, since their
 * rules are kept for the day it is switched on again.
 */
export const followDocuments = (strapi: Core.Strapi): void => {
  strapi.documents.use(async (context, next) => {
    const { uid, action } = context;
    const documentId = documentIdIn(context.params);
    if (documentId === null || !mayHaveRules(uid)) return next();

    if (action === 'clone') {
      // Together: a clone of a type without drafts is published, and must not be open until its rule is there.
      return strapiTransaction(strapi, async () => {
        const result = await next();
        const clone = documentIdIn(result);
        if (clone !== null) await copyRule(strapi, { uid, documentId }, { uid, documentId: clone });
        return result;
      });
    }
    const result = await next();
    if (action === 'delete' && (await isGone(strapi, uid, documentId))) {
      await deleteRule(strapi, { uid, documentId });
    }
    return result;
  });
};
