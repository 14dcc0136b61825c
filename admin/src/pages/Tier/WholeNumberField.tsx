import { Field, NumberInput } from '@strapi/design-system';

interface WholeNumberFieldProps {
  name: string;
  label: string;
  hint: string;
  error?: string;
  value: number;
  min: number;
  onChange: (value: number) => void;
}

export const WholeNumberField = ({
  name,
  label,
  hint,
  error,
  value,
  min,
  onChange,
}: WholeNumberFieldProps) => (
  <Field.Root name={name} error={error} hint={hint} width="100%">
    <Field.Label>{label}</Field.Label>
    <NumberInput
      step={1}
      value={value}
      onValueChange={(next) => onChange(Math.max(min, Math.trunc(next ?? min)))}
    />
    <Field.Error />
    <Field.Hint />
  </Field.Root>
);
