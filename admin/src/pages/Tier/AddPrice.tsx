import { useState } from 'react';
import { useNotification } from '@strapi/strapi/admin';
import { Field, Flex, SingleSelect, SingleSelectOption, TextInput } from '@strapi/design-system';

import type { AdminTier, Interval } from '../../../../contracts';
import { useAddMembershipPriceMutation } from '../../api/tiers';
import { FormModal } from '../../components/FormModal';
import { COMMON_CURRENCIES, decimalsOf, exponentOf, parseAmount } from '../../lib/money';
import { useFieldErrors } from '../../lib/useFieldErrors';
import { useFormats } from '../../lib/useFormats';
import { useIntervalText } from '../../lib/useIntervalText';
import { useT } from '../../translations/useT';
import { WholeNumberField } from './WholeNumberField';

const INTERVALS: readonly Interval[] = ['month', 'year', 'week', 'day'];
const ONCE = 'once';
const FIELDS = ['amount', 'currency', 'interval', 'intervalCount', 'trialDays'] as const;

interface AddPriceProps {
  tier: AdminTier;
  onClose: () => void;
}

export const AddPrice = ({ tier, onClose }: AddPriceProps) => {
  const t = useT();
  const { money, currencyName } = useFormats();
  const intervalText = useIntervalText();
  const { toggleNotification } = useNotification();
  const [amountText, setAmountText] = useState('');
  const [currency, setCurrency] = useState(tier.prices[0]?.currency ?? 'eur');
  const [interval, setInterval] = useState<Interval | null>('month');
  const [intervalCount, setIntervalCount] = useState(1);
  const [trialDays, setTrialDays] = useState(0);
  const { errors, setErrors, show } = useFieldErrors(FIELDS);
  const [add, { isLoading }] = useAddMembershipPriceMutation();
  const parsed = parseAmount(amountText, currency);
  const currencies = [...new Set([currency, ...COMMON_CURRENCIES])];

  /** What the member will read, as a check on what was typed. */
  const preview =
    'amount' in parsed
      ? t('price.preview', {
          price: `${money(parsed.amount, currency, exponentOf(currency))} ${intervalText(interval, intervalCount)}`,
        })
      : t('price.amount.hint', { decimals: decimalsOf(currency) });

  const submit = async () => {
    setErrors({});
    if ('problem' in parsed) {
      return setErrors({
        amount: t(`price.amount.${parsed.problem}`, { decimals: decimalsOf(currency) }),
      });
    }
    const recurring = interval === null ? {} : { intervalCount, trialDays };
    const input = { amount: parsed.amount, currency, interval, ...recurring };
    const result = await add({ tier: tier.documentId, input });
    if ('error' in result) return show(result.error);
    toggleNotification({ type: 'success', message: t('price.added') });
    onClose();
  };

  return (
    <FormModal
      title={t('price.add')}
      submitLabel={t('price.add')}
      isSaving={isLoading}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field.Root name="amount" error={errors.amount} hint={preview} required>
        <Field.Label>{t('price.amount')}</Field.Label>
        <TextInput
          inputMode="decimal"
          autoComplete="off"
          value={amountText}
          onChange={(event) => {
            setErrors({});
            setAmountText(event.target.value);
          }}
        />
        <Field.Error />
        <Field.Hint />
      </Field.Root>
      <Field.Root name="currency" error={errors.currency} required>
        <Field.Label>{t('price.currency')}</Field.Label>
        <SingleSelect value={currency} onChange={(value) => setCurrency(String(value))}>
          {currencies.map((code) => (
            <SingleSelectOption key={code} value={code}>
              {`${code.toUpperCase()} · ${currencyName(code)}`}
            </SingleSelectOption>
          ))}
        </SingleSelect>
        <Field.Error />
      </Field.Root>
      <Field.Root name="interval" error={errors.interval} hint={t('price.interval.hint')}>
        <Field.Label>{t('price.interval')}</Field.Label>
        <SingleSelect
          value={interval ?? ONCE}
          onChange={(value) => setInterval(INTERVALS.find((one) => one === value) ?? null)}
        >
          {INTERVALS.map((one) => (
            <SingleSelectOption key={one} value={one}>
              {t(`price.interval.${one}`)}
            </SingleSelectOption>
          ))}
          <SingleSelectOption value={ONCE}>{t('price.interval.once')}</SingleSelectOption>
        </SingleSelect>
        <Field.Error />
        <Field.Hint />
      </Field.Root>
      {interval === null ? null : (
        <Flex gap={4} alignItems="flex-start" direction={{ initial: 'column', small: 'row' }}>
          <WholeNumberField
            name="intervalCount"
            label={t('price.intervalCount')}
            hint={t('price.intervalCount.hint')}
            error={errors.intervalCount}
            value={intervalCount}
            min={1}
            onChange={setIntervalCount}
          />
          <WholeNumberField
            name="trialDays"
            label={t('price.trial')}
            hint={t('price.trial.hint')}
            error={errors.trialDays}
            value={trialDays}
            min={0}
            onChange={setTrialDays}
          />
        </Flex>
      )}
    </FormModal>
  );
};
