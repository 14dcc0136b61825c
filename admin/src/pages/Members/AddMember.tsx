import { useState } from 'react';
import { Field, TextInput, Typography } from '@strapi/design-system';
import { useNavigate } from 'react-router-dom';

import { useCreateMembershipMemberMutation } from '../../api/members';
import { FormModal } from '../../components/FormModal';
import { useFieldErrors } from '../../lib/useFieldErrors';
import { useT } from '../../translations/useT';

export const AddMember = ({ onClose }: { onClose: () => void }) => {
  const t = useT();
  const navigate = useNavigate();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const { errors, setErrors, show } = useFieldErrors(['email', 'name']);
  const [create, { isLoading }] = useCreateMembershipMemberMutation();

  const submit = async () => {
    if (email.trim() === '') return setErrors({ email: t('form.required') });
    const trimmedName = name.trim();
    const result = await create({
      email: email.trim(),
      ...(trimmedName === '' ? {} : { name: trimmedName }),
    });
    if ('error' in result) return show(result.error);
    onClose();
    navigate(result.data.data.documentId);
  };

  return (
    <FormModal
      title={t('members.add')}
      submitLabel={t('members.add.submit')}
      isSaving={isLoading}
      onSubmit={submit}
      onClose={onClose}
    >
      <Typography textColor="neutral600">{t('members.add.intro')}</Typography>
      <Field.Root name="email" error={errors.email} required>
        <Field.Label>{t('members.column.email')}</Field.Label>
        <TextInput
          type="email"
          autoComplete="off"
          value={email}
          onChange={(event) => {
            setErrors({});
            setEmail(event.target.value);
          }}
        />
        <Field.Error />
      </Field.Root>
      <Field.Root name="name" error={errors.name} hint={t('members.add.name.hint')}>
        <Field.Label>{t('members.column.name')}</Field.Label>
        <TextInput value={name} onChange={(event) => setName(event.target.value)} />
        <Field.Error />
        <Field.Hint />
      </Field.Root>
    </FormModal>
  );
};
