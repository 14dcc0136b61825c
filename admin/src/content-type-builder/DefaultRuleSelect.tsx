import { Field, SingleSelect, SingleSelectOption } from '@strapi/design-system';

import { useGetMembershipGateQuery } from '../api/gate';
import { useT } from '../translations/useT';
import type { InputProps } from './forms';

interface DefaultRuleProps extends InputProps<string> {
  modifiedData?: { pluginOptions?: { memberships?: { gated?: boolean } } };
}

/** Not `tiers`: a default has no tiers to name, so it would close every entry to everybody. */
const CHOICES = ['public', 'members', 'paid'] as const;

/** The builder's form has no value for “not said”. */
const UNSAID = 'site';

/** The default rule of a members-only type; there is none to choose in other types. */
export const DefaultRuleSelect = ({ name, value, onChange, modifiedData }: DefaultRuleProps) => {
  const t = useT();
  const gated = modifiedData?.pluginOptions?.memberships?.gated === true;
  const { data } = useGetMembershipGateQuery(undefined, { skip: !gated });
  if (!gated) return null;

  const site = data?.data.defaultVisibility;
  return (
    <Field.Root name={name} hint={t('builder.default.hint')}>
      <Field.Label>{t('builder.default')}</Field.Label>
      <SingleSelect
        value={value ?? UNSAID}
        onChange={(chosen) =>
          onChange({ target: { name, value: chosen === UNSAID ? null : String(chosen) } })
        }
      >
        <SingleSelectOption value={UNSAID}>
          {site === undefined
            ? t('builder.default.site')
            : t('builder.default.siteIs', { visibility: t(`visibility.${site}`) })}
        </SingleSelectOption>
        {CHOICES.map((choice) => (
          <SingleSelectOption key={choice} value={choice}>
            {t(`visibility.${choice}`)}
          </SingleSelectOption>
        ))}
        {value === 'tiers' ? (
          <SingleSelectOption value="tiers">{t('builder.default.tiers')}</SingleSelectOption>
        ) : null}
      </SingleSelect>
      <Field.Hint />
    </Field.Root>
  );
};
