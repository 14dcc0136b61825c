import type { StrapiApp } from '@strapi/strapi/admin';

import { PLUGIN_ID } from '../pluginId';
import en from '../translations/en.json';
import type { MessageKey } from '../translations/useT';
import { DefaultRuleSelect } from './DefaultRuleSelect';
import { isBuilderForms } from './forms';
import { GatedCheckbox } from './GatedCheckbox';
import { isBuilderType } from './guards';
import { keepTeaserMarks } from './middleware';
import { TeaserCheckbox } from './TeaserCheckbox';
import { foldTeasers, isGated, TEASER_MARK } from './teasers';

const GATED_INPUT = 'memberships-gated';
const DEFAULT_INPUT = 'memberships-default';
const TEASER_INPUT = 'memberships-teaser';

/** Every kind of field but passwords, which nobody is ever shown; `number` and `text` are the builder's own names. */
const FIELD_TYPES = [
  ...['biginteger', 'boolean', 'blocks', 'component', 'date', 'datetime', 'decimal', 'dynamiczone'],
  ...['email', 'enumeration', 'float', 'integer', 'json', 'media', 'number', 'relation'],
  ...['richtext', 'string', 'text', 'time', 'uid'],
];

const label = (key: MessageKey) => ({ id: `${PLUGIN_ID}.${key}`, defaultMessage: en[key] });

/** In `register`: the store is made right after it. */
export const registerBuilder = (app: Pick<StrapiApp, 'addMiddlewares'>): void => {
  app.addMiddlewares([() => keepTeaserMarks]);
};

/**
 * In `bootstrap`: the settings of a type, and of each field, that `docs/gating.md` describes. A site
 * without the builder, or with one we do not know, is left as it is.
 */
export const extendBuilder = (app: Pick<StrapiApp, 'getPlugin'>): void => {
  const forms: unknown = app.getPlugin('content-type-builder')?.apis.forms;
  if (!isBuilderForms(forms)) return;

  forms.components.add({ id: GATED_INPUT, component: GatedCheckbox });
  forms.components.add({ id: DEFAULT_INPUT, component: DefaultRuleSelect });
  forms.components.add({ id: TEASER_INPUT, component: TeaserCheckbox });

  forms.extendContentType({
    form: {
      base: () => [],
      advanced: () => [
        {
          name: 'pluginOptions.memberships.gated',
          type: GATED_INPUT,
          intlLabel: label('builder.gated'),
        },
        {
          name: 'pluginOptions.memberships.default',
          type: DEFAULT_INPUT,
          intlLabel: label('builder.default'),
        },
      ],
    },
  });
  forms.extendFields(FIELD_TYPES, {
    form: {
      base: () => [],
      advanced: ({ forTarget, contentTypeSchema, type, step }) =>
        forTarget === 'contentType' &&
        isBuilderType(contentTypeSchema) &&
        isGated(contentTypeSchema) &&
        !(type === 'component' && step === '1')
          ? [{ name: TEASER_MARK, type: TEASER_INPUT, intlLabel: label('builder.teaser') }]
          : [],
    },
  });
  forms.addContentTypeSchemaMutation((next: unknown, previous: unknown) =>
    isBuilderType(next) ? foldTeasers(next, isBuilderType(previous) ? previous : undefined) : next
  );
};
