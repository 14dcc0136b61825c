import {
  Field,
  Flex,
  MultiSelect,
  MultiSelectOption,
  SingleSelect,
  SingleSelectOption,
  TextInput,
} from '@strapi/design-system';

import type { AdminTier } from '../../../../contracts';
import { Panel } from '../../components/Panel';
import { useT } from '../../translations/useT';
import type { FormPart } from './TextPanel';

interface SettingsPanelProps extends FormPart {
  tier: AdminTier | null;
  tiers: AdminTier[];
}

export const SettingsPanel = ({
  form,
  change,
  errors,
  disabled,
  tier,
  tiers,
}: SettingsPanelProps) => {
  const t = useT();
  const others = tiers.filter(
    ({ documentId, archivedAt }) =>
      documentId !== tier?.documentId && (archivedAt === null || form.includes.includes(documentId))
  );
  /** The server holds to it as well: what was sold cannot become free. */
  const isKindFixed = tier !== null && (tier.prices.length > 0 || tier.members > 0);

  return (
    <Panel title={t('tier.settings')}>
      <Flex direction="column" alignItems="stretch" gap={5}>
        <Field.Root
          name="kind"
          error={errors.kind}
          hint={t(isKindFixed ? 'tier.kind.fixed' : `tier.kind.${form.kind}.hint`)}
        >
          <Field.Label>{t('tier.kind')}</Field.Label>
          <SingleSelect
            value={form.kind}
            disabled={disabled || isKindFixed}
            onChange={(value) => change({ kind: value === 'free' ? 'free' : 'paid' })}
          >
            <SingleSelectOption value="paid">{t('tier.kind.paid')}</SingleSelectOption>
            <SingleSelectOption value="free">{t('tier.kind.free')}</SingleSelectOption>
          </SingleSelect>
          <Field.Error />
          <Field.Hint />
        </Field.Root>
        <Field.Root name="slug" error={errors.slug} hint={t('tier.slug.hint')}>
          <Field.Label>{t('tier.slug')}</Field.Label>
          <TextInput
            value={form.slug}
            disabled={disabled}
            onChange={(event) => change({ slug: event.target.value })}
          />
          <Field.Error />
          <Field.Hint />
        </Field.Root>
        <Field.Root name="includes" error={errors.includes} hint={t('tier.includes.hint')}>
          <Field.Label>{t('tier.includes')}</Field.Label>
          <MultiSelect
            withTags
            placeholder={t('tier.includes.none')}
            value={form.includes}
            disabled={disabled || others.length === 0}
            onChange={(includes) => change({ includes })}
            onClear={() => change({ includes: [] })}
            clearLabel={t('action.clear')}
          >
            {others.map(({ documentId, name }) => (
              <MultiSelectOption key={documentId} value={documentId}>
                {name}
              </MultiSelectOption>
            ))}
          </MultiSelect>
          <Field.Error />
          <Field.Hint />
        </Field.Root>
      </Flex>
    </Panel>
  );
};
