import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import * as yup from 'yup';
import { FIRST_RULE, type RuleInput } from '../../../contracts';
import { ADMIN_ACTIONS } from '../constants';
import { RequestError } from '../errors';
import { property, strapiTransaction } from '../strapi-services';
import type { RequestContext } from '../strapi-types';
import type { Gate } from './gate';
import { ruleInput } from './rule-input';
import { createRules } from './rules';

/** What `@strapi/admin` puts into `ctx.state` of its own requests. */
interface AdminState {
  route?: { info?: { type?: string; pluginName?: string } };
  userAbility?: { can(action: string): boolean };
}

/**
 * A wrong rule as the Content Manager shows one: Strapi's own class, so that its error middleware
 * answers 400, and a path that its form finds.
 */
const refusal = (message: string, field: string): errors.ValidationError => {
  const path = field === '' ? [FIRST_RULE] : [FIRST_RULE, field];
  return new errors.ValidationError(message, {
    field: path.join('.'),
    errors: [{ path, message, name: 'ValidationError', value: null }],
  });
};

const parseRule = (value: unknown): RuleInput => {
  try {
    return ruleInput.validateSync(value);
  } catch (error) {
    if (!(error instanceof yup.ValidationError)) throw error;
    throw refusal(error.message, error.path ?? '');
  }
};

/** The rule that came with a Content Manager request that makes a document of this type. */
const ruleIn = (ctx: RequestContext, uid: string): unknown => {
  const { route }: AdminState = ctx.state;
  const info = route?.info;
  if (info?.type !== 'admin' || info.pluginName !== 'content-manager') return undefined;
  // Other documents may be made on the way, by lifecycles or for relations.
  if (property(property(ctx, 'params'), 'model') !== uid) return undefined;
  return property(property(ctx.request, 'body'), FIRST_RULE);
};

const mayChoose = (ctx: RequestContext): boolean => {
  const { userAbility }: AdminState = ctx.state;
  return userAbility?.can(ADMIN_ACTIONS.rulesUpdate) === true;
};

const documentIdOf = (document: unknown): string => {
  const documentId = property(document, 'documentId');
  if (typeof documentId !== 'string') throw new Error('a document was made without a documentId');
  return documentId;
};

/**
 * Takes the rule an editor chose for a new entry out of the request that makes the entry, and writes
 * it in the same transaction: whoever chooses “Paid members” and publishes at once never has a moment
 * in which the entry is open. Publishing a new entry is one transaction of the Content Manager
 * (controllers/collection-types `publish`), which ours joins; a plain save gets one here.
 *
 * The document middlewares see no unknown keys (the Content Manager has taken them out), hence the
 * request's own body.
 */
export const takeFirstRule = (strapi: Core.Strapi, gate: () => Gate): void => {
  const rules = createRules(strapi, gate);
  strapi.documents.use(async (context, next) => {
    if (context.action !== 'create' && context.action !== 'clone') return next();
    const ctx: RequestContext | undefined = strapi.requestContext.get();
    const given = ctx && ruleIn(ctx, context.uid);
    if (!ctx || given === undefined || given === null) return next();

    const input = parseRule(given);
    if (!gate().types.has(context.uid)) {
      throw refusal(`${context.uid} is not a members-only content type`, '');
    }
    // Left out quietly, the entry would be open where its author believes it closed.
    if (!mayChoose(ctx)) {
      // Strapi's own ForbiddenError would lose its message (`@strapi/core` compose-endpoint).
      ctx.throw(403, 'your role may not choose who can read an entry', {
        details: { field: FIRST_RULE },
      });
    }
    return strapiTransaction(strapi, async () => {
      const document = await next();
      try {
        await rules.write({ uid: context.uid, documentId: documentIdOf(document) }, input);
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        throw refusal(error.message, String(error.details.field ?? ''));
      }
      return document;
    });
  });
};
