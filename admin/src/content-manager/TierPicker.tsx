import { Field, MultiSelect, MultiSelectOption } from '@strapi/design-system';

import type { TierChoice } from '../../../contracts';
import { useT } from '../translations/useT';

interface TierPickerProps {
  tiers: readonly TierChoice[];
  /** documentIds. */
  chosen: string[];
  disabled: boolean;
  onChange: (chosen: string[]) => void;
}

/** Archived tiers are offered only where they are chosen already: nobody can join them. */
export const TierPicker = ({ tiers, chosen, disabled, onChange }: TierPickerProps) => {
  const t = useT();
  const offered = tiers.filter(
    ({ documentId, archived }) => !archived || chosen.includes(documentId)
  );
  return (
    <Field.Root
      name="tiers"
      hint={offered.length === 0 ? t('access.tiers.none') : undefined}
      width="100%"
    >
      <Field.Label>{t('access.tiers')}</Field.Label>
      <MultiSelect
        withTags
        placeholder={t('access.tiers.choose')}
        value={chosen}
        disabled={disabled || offered.length === 0}
        onChange={onChange}
        onClear={() => onChange([])}
        clearLabel={t('action.clear')}
      >
        {offered.map(({ documentId, name, archived }) => (
          <MultiSelectOption key={documentId} value={documentId}>
            {archived ? t('access.tiers.archived', { tier: name }) : name}
          </MultiSelectOption>
        ))}
      </MultiSelect>
      <Field.Hint />
    </Field.Root>
  );
};
