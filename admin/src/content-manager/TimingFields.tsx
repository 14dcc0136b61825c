import { DateTimePicker, Field, NumberInput } from '@strapi/design-system';

import { useT } from '../translations/useT';
import type { RuleDraft } from './ruleDraft';

interface TimingFieldsProps {
  draft: RuleDraft;
  disabled: boolean;
  onChange: (next: RuleDraft, typed?: boolean) => void;
}

const MAX_DAYS = 36_500;

/** Whole days within what the server takes; anything else is none. */
const daysOf = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) || value <= 0
    ? null
    : Math.min(Math.floor(value), MAX_DAYS);

/** When an entry opens to everyone, and how long one must have been a member. */
export const TimingFields = ({ draft, disabled, onChange }: TimingFieldsProps) => {
  const t = useT();
  return (
    <>
      <Field.Root name="opensAt" width="100%">
        <Field.Label>{t('access.opensAt')}</Field.Label>
        <DateTimePicker
          value={draft.opensAt === null ? null : new Date(draft.opensAt)}
          disabled={disabled}
          step={15}
          dateLabel={t('access.opensAt.date')}
          timeLabel={t('access.opensAt.time')}
          clearLabel={t('action.clear')}
          onChange={(date) => onChange({ ...draft, opensAt: date?.toISOString() ?? null })}
          onClear={() => onChange({ ...draft, opensAt: null })}
        />
      </Field.Root>
      <Field.Root name="dripDays" hint={t('access.dripDays.hint')} width="100%">
        <Field.Label>{t('access.dripDays')}</Field.Label>
        <NumberInput
          value={draft.dripDays ?? undefined}
          disabled={disabled}
          step={1}
          placeholder="0"
          onValueChange={(value) => onChange({ ...draft, dripDays: daysOf(value) }, true)}
        />
        <Field.Hint />
      </Field.Root>
    </>
  );
};
