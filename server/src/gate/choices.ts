import type { Core } from '@strapi/strapi';
import type { RuleChoices, TierChoice } from '../../../contracts';
import { table } from '../store';
import type { Model } from '../strapi-types';
import { titleOf, type GatedType } from './gated-types';
import { defaultRule } from './verdicts';

const tierChoices = async (strapi: Core.Strapi): Promise<TierChoice[]> => {
  const tiers = await table(strapi, 'tier').findMany({
    select: ['documentId', 'name', 'slug', 'kind', 'archivedAt'],
    orderBy: [{ rank: 'asc' }, { id: 'asc' }],
  });
  const choices = tiers.map(({ documentId, name, slug, kind, archivedAt }) => ({
    documentId,
    name,
    slug,
    kind,
    archived: archivedAt !== null,
  }));
  return [...choices.filter((tier) => !tier.archived), ...choices.filter((tier) => tier.archived)];
};

/** What Strapi adds to every schema. */
const OWN = new Set([
  'documentId',
  'createdAt',
  'updatedAt',
  'publishedAt',
  'firstPublishedAt',
  'locale',
  'localizations',
]);

/** Attributes everybody sees beside the title; an address (`uid`) is nothing to read. */
const teasersOf = (model: Model, { open }: GatedType): string[] =>
  Object.entries(model.attributes).flatMap(([name, { type, private: hidden }]) =>
    open.has(name) && type !== 'uid' && !hidden && !OWN.has(name) && name !== titleOf(model)
      ? [name]
      : []
  );

/** What an editor of a gated type chooses from. */
export const choicesOf = async (
  strapi: Core.Strapi,
  model: Model,
  type: GatedType
): Promise<RuleChoices> => ({
  defaultVisibility: defaultRule(strapi, type).visibility,
  title: titleOf(model) ?? null,
  teasers: teasersOf(model, type),
  paywalls: [...type.paywalls].map(([name, kind]) => ({ name, type: kind })),
  tiers: await tierChoices(strapi),
});
