import { Field, Flex, MultiSelect, MultiSelectOption } from '@strapi/design-system';

import type { TierChoice } from '../../../contracts';
import { useT } from '../translations/useT';
import { ChosenTier } from './ChosenTier';

interface TierPickerProps {
  tiers: readonly TierChoice[];
  /** documentIds. */
  chosen: string[];
  disabled: boolean;
  onChange: (chosen: string[]) => void;
}

/**
 * Archived tiers are offered only where they are chosen already: nobody can join them. The chosen ones
 * stand below, where a long name has room: the panel is narrower than the design system's tags.
 */
export const TierPicker = ({ tiers, chosen, disabled, onChange }: TierPickerProps) => {
  const t = useT();
  const offered = tiers.filter(
    ({ documentId, archived }) => !archived || chosen.includes(documentId)
  );
  const nameOf = ({ name, archived }: TierChoice) =>
    archived ? t('access.tiers.archived', { tier: name }) : name;
  return (
    <Field.Root
      name="tiers"
      hint={offered.length === 0 ? t('access.tiers.none') : undefined}
      width="100%"
    >
      <Field.Label>{t('access.tiers')}</Field.Label>
      <MultiSelect
        placeholder={t('access.tiers.choose')}
        customizeContent={() => t('access.tiers.count', { count: chosen.length })}
        value={chosen}
        disabled={disabled || offered.length === 0}
        onChange={onChange}
        onClear={() => onChange([])}
        clearLabel={t('action.clear')}
      >
        {offered.map((tier) => (
          <MultiSelectOption key={tier.documentId} value={tier.documentId}>
            {nameOf(tier)}
          </MultiSelectOption>
        ))}
      </MultiSelect>
      {chosen.length > 0 ? (
        <Flex tag="ul" direction="column" alignItems="stretch" gap={1}>
          {offered
            .filter(({ documentId }) => chosen.includes(documentId))
            .map((tier) => (
              <ChosenTier
                key={tier.documentId}
                name={nameOf(tier)}
                disabled={disabled}
                onRemove={() => onChange(chosen.filter((id) => id !== tier.documentId))}
              />
            ))}
        </Flex>
      ) : null}
      <Field.Hint />
    </Field.Root>
  );
};
