import { useState } from 'react';
import { useNotification } from '@strapi/strapi/admin';
import {
  DatePicker,
  Field,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';

import { useGiveMembershipGrantMutation } from '../../api/members';
import { useGetMembershipTiersQuery } from '../../api/tiers';
import { FormModal } from '../../components/FormModal';
import { endOfDay, localDay, tomorrow, toPicker, type Day } from '../../lib/days';
import { useFieldErrors } from '../../lib/useFieldErrors';
import { useT } from '../../translations/useT';

interface GiveTierProps {
  /** documentId. */
  member: string;
  onClose: () => void;
}

export const GiveTier = ({ member, onClose }: GiveTierProps) => {
  const t = useT();
  const { toggleNotification } = useNotification();
  const { data: tiers, isError } = useGetMembershipTiersQuery();
  const [tier, setTier] = useState<string | null>(null);
  const [lastDay, setLastDay] = useState<Day | null>(null);
  const { errors, setErrors, show } = useFieldErrors(['tier', 'endsAt']);
  const [give, { isLoading }] = useGiveMembershipGrantMutation();
  const offered = (tiers?.data ?? []).filter(({ archivedAt }) => archivedAt === null);

  const noTiers = tiers !== undefined && offered.length === 0;
  const hint = isError
    ? t('member.give.tiersFailed')
    : noTiers
      ? t('member.give.noTiers')
      : undefined;

  const submit = async () => {
    if (tier === null) return setErrors({ tier: t('form.required') });
    const endsAt = lastDay === null ? null : endOfDay(lastDay);
    const result = await give({ member, input: { tier, endsAt } });
    if ('error' in result) return show(result.error);
    toggleNotification({ type: 'success', message: t('member.give.done') });
    onClose();
  };

  return (
    <FormModal
      title={t('member.give.title')}
      submitLabel={t('member.give')}
      isSaving={isLoading}
      onSubmit={submit}
      onClose={onClose}
    >
      <Typography textColor="neutral600">{t('member.give.intro')}</Typography>
      <Field.Root name="tier" error={errors.tier} hint={hint} required>
        <Field.Label>{t('grant.tier')}</Field.Label>
        <SingleSelect
          placeholder={t('member.give.choose')}
          value={tier}
          onChange={(value) => {
            setErrors({});
            setTier(String(value));
          }}
        >
          {offered.map(({ documentId, name }) => (
            <SingleSelectOption key={documentId} value={documentId}>
              {name}
            </SingleSelectOption>
          ))}
        </SingleSelect>
        <Field.Error />
        <Field.Hint />
      </Field.Root>
      <Field.Root name="endsAt" error={errors.endsAt} hint={t('member.give.endsAt.hint')}>
        <Field.Label>{t('member.give.endsAt')}</Field.Label>
        <DatePicker
          minDate={toPicker(tomorrow(new Date()))}
          value={lastDay === null ? undefined : toPicker(lastDay)}
          onChange={(date) => setLastDay(date === undefined ? null : localDay(date))}
          onClear={() => setLastDay(null)}
          clearLabel={t('action.clear')}
        />
        <Field.Error />
        <Field.Hint />
      </Field.Root>
    </FormModal>
  );
};
