import { useRef, useState, type FormEvent } from 'react';
import { BackButton, Layouts, Page, useNotification } from '@strapi/strapi/admin';
import { Button, Flex } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import { useNavigate } from 'react-router-dom';

import type { AdminTier } from '../../../../contracts';
import { useCreateMembershipTierMutation, useUpdateMembershipTierMutation } from '../../api/tiers';
import { TierActions } from '../../components/TierActions';
import { UnsavedGuard } from '../../components/UnsavedGuard';
import { TwoColumns } from '../../components/TwoColumns';
import { useCanUpdateTiers } from '../../lib/useAccess';
import { useFieldErrors } from '../../lib/useFieldErrors';
import { BASE_PATH } from '../../pluginId';
import { useT } from '../../translations/useT';
import { PricesPanel } from './PricesPanel';
import { SettingsPanel } from './SettingsPanel';
import { SyncPanel } from './SyncPanel';
import { TextPanel } from './TextPanel';
import { toForm, toInput, type TierForm } from './tierForm';

const FIELDS = [
  'name',
  'slug',
  'description',
  'benefits',
  'translations',
  'kind',
  'includes',
] as const;
export type TierField = (typeof FIELDS)[number];
export type TierErrors = Partial<Record<TierField, string>>;

interface TierEditorProps {
  /** null: a new one. */
  tier: AdminTier | null;
  tiers: AdminTier[];
}

const FORM_ID = 'memberships-tier';

export const TierEditor = ({ tier, tiers }: TierEditorProps) => {
  const t = useT();
  const navigate = useNavigate();
  const { toggleNotification } = useNotification();
  const canUpdate = useCanUpdateTiers();
  const [form, setForm] = useState<TierForm>(() => toForm(tier));
  const { errors, setErrors, show } = useFieldErrors(FIELDS);
  const [create, { isLoading: isCreating }] = useCreateMembershipTierMutation();
  const [update, { isLoading: isUpdating }] = useUpdateMembershipTierMutation();
  /** Saving a new tier leads to its page: that is not leaving. */
  const isLeaving = useRef(false);
  const title = tier?.name ?? t('tiers.add');
  const isChanged = JSON.stringify(toInput(form)) !== JSON.stringify(toInput(toForm(tier)));

  const change = (part: Partial<TierForm>) => {
    setErrors({});
    setForm((previous) => ({ ...previous, ...part }));
  };

  const submit = async () => {
    setErrors({});
    const input = toInput(form);
    if (input.name === '') return setErrors({ name: t('form.required') });
    const result = await (tier === null
      ? create(input)
      : update({ documentId: tier.documentId, input }));
    if ('error' in result) return show(result.error);
    const saved = result.data.data;
    setForm(toForm(saved));
    toggleNotification({ type: 'success', message: t('tier.saved', { tier: saved.name }) });
    if (tier !== null) return;
    isLeaving.current = true;
    navigate(`${BASE_PATH}/tiers/${saved.documentId}`, { replace: true });
  };

  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    void submit();
  };

  const parts = { form, change, errors, disabled: !canUpdate };
  return (
    <>
      <Page.Title>{title}</Page.Title>
      <Layouts.Header
        title={title}
        navigationAction={<BackButton fallback={`${BASE_PATH}/tiers`} />}
        primaryAction={
          canUpdate ? (
            <Flex gap={2}>
              {tier === null ? null : <TierActions tier={tier} />}
              <Button
                type="submit"
                form={FORM_ID}
                startIcon={<Check />}
                loading={isCreating || isUpdating}
                disabled={!isChanged}
              >
                {t('action.save')}
              </Button>
            </Flex>
          ) : undefined
        }
      />
      <UnsavedGuard shouldBlock={() => canUpdate && isChanged && !isLeaving.current} />
      <Layouts.Content>
        <form id={FORM_ID} onSubmit={handleSubmit} noValidate>
          <TwoColumns
            mainFirst
            main={
              <Flex direction="column" alignItems="stretch" gap={6}>
                <TextPanel {...parts} />
                {form.kind === 'paid' ? <PricesPanel tier={tier} canUpdate={canUpdate} /> : null}
              </Flex>
            }
            side={
              <Flex direction="column" alignItems="stretch" gap={6}>
                <SettingsPanel {...parts} tier={tier} tiers={tiers} />
                {tier === null ? null : <SyncPanel tier={tier} canUpdate={canUpdate} />}
              </Flex>
            }
          />
        </form>
      </Layouts.Content>
    </>
  );
};
