import { Field, Flex, Textarea, TextInput } from '@strapi/design-system';

import { useT } from '../../translations/useT';
import { BenefitsField } from './BenefitsField';
import type { TierErrors } from './TierEditor';
import type { TierText } from './tierForm';

interface TextFieldsProps {
  text: TierText;
  onChange: (text: TierText) => void;
  /** What readers see where a translation is left empty. */
  fallback?: TierText;
  errors: TierErrors;
  disabled: boolean;
  required?: boolean;
}

export const TextFields = ({
  text,
  onChange,
  fallback,
  errors,
  disabled,
  required = false,
}: TextFieldsProps) => {
  const t = useT();
  return (
    <Flex direction="column" alignItems="stretch" gap={5}>
      <Field.Root name="name" error={errors.name} required={required}>
        <Field.Label>{t('tier.name')}</Field.Label>
        <TextInput
          value={text.name}
          placeholder={fallback?.name}
          disabled={disabled}
          onChange={(event) => onChange({ ...text, name: event.target.value })}
        />
        <Field.Error />
      </Field.Root>
      <Field.Root name="description" error={errors.description}>
        <Field.Label>{t('tier.description')}</Field.Label>
        <Textarea
          value={text.description}
          placeholder={fallback?.description}
          disabled={disabled}
          onChange={(event) => onChange({ ...text, description: event.target.value })}
        />
        <Field.Error />
      </Field.Root>
      <BenefitsField
        benefits={text.benefits}
        onChange={(benefits) => onChange({ ...text, benefits })}
        fallback={fallback?.benefits}
        error={errors.benefits}
        disabled={disabled}
      />
    </Flex>
  );
};
