import { Field, Flex, Radio, Typography } from '@strapi/design-system';

import type { Visibility } from '../../../contracts';
import { useT } from '../translations/useT';
import { isVisibility, VISIBILITIES } from './visibility';

interface VisibilityFieldProps {
  label: string;
  value: Visibility;
  onChange: (visibility: Visibility) => void;
  /** Those to choose from, when not all. */
  offered?: readonly Visibility[];
  disabled?: boolean;
  error?: string;
}

/** Who can read something, in the same words on every page. */
export const VisibilityField = ({
  label,
  value,
  onChange,
  offered = VISIBILITIES,
  disabled = false,
  error,
}: VisibilityFieldProps) => {
  const t = useT();
  return (
    <Field.Root error={error}>
      <Field.Label>{label}</Field.Label>
      <Radio.Group
        value={value}
        aria-label={label}
        disabled={disabled}
        onValueChange={(next) => isVisibility(next) && onChange(next)}
      >
        <Flex direction="column" alignItems="stretch" gap={2} paddingTop={1}>
          {offered.map((visibility) => (
            <Radio.Item key={visibility} value={visibility}>
              <Flex direction="column" alignItems="flex-start">
                <Typography fontWeight={visibility === value ? 'semiBold' : 'regular'}>
                  {t(`visibility.${visibility}`)}
                </Typography>
                <Typography variant="pi" textColor="neutral600">
                  {t(`visibility.${visibility}.hint`)}
                </Typography>
              </Flex>
            </Radio.Item>
          ))}
        </Flex>
      </Radio.Group>
      <Field.Error />
    </Field.Root>
  );
};
