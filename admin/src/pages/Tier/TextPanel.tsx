import { Box, Tabs, Typography } from '@strapi/design-system';

import { useGetMembershipStatusQuery } from '../../api/reports';
import { Panel } from '../../components/Panel';
import { useFormats } from '../../lib/useFormats';
import { useT } from '../../translations/useT';
import type { TierErrors } from './TierEditor';
import { TextFields } from './TextFields';
import { EMPTY_TEXT, type TierForm } from './tierForm';

export interface FormPart {
  form: TierForm;
  change: (part: Partial<TierForm>) => void;
  errors: TierErrors;
  disabled: boolean;
}

const DEFAULT = 'default';

/** The words a reader sees, one tab per language of the site. */
export const TextPanel = ({ form, change, errors, disabled }: FormPart) => {
  const t = useT();
  const { language } = useFormats();
  const { data } = useGetMembershipStatusQuery();
  // A translation of a language the site has dropped stays editable.
  const locales = [...new Set([...(data?.data.locales ?? []), ...Object.keys(form.translations)])];

  const defaultFields = (
    <TextFields
      text={form.text}
      onChange={(text) => change({ text })}
      errors={errors}
      disabled={disabled}
      required
    />
  );

  if (locales.length === 0) return <Panel title={t('tier.text')}>{defaultFields}</Panel>;
  return (
    <Panel title={t('tier.text')} hint={t('tier.text.hint')}>
      <Tabs.Root variant="simple" defaultValue={DEFAULT}>
        <Tabs.List aria-label={t('tier.languages')}>
          <Tabs.Trigger value={DEFAULT}>{t('tier.language.default')}</Tabs.Trigger>
          {locales.map((locale) => (
            <Tabs.Trigger key={locale} value={locale}>
              {language(locale)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content value={DEFAULT}>
          <Box paddingTop={5}>{defaultFields}</Box>
        </Tabs.Content>
        {locales.map((locale) => (
          <Tabs.Content key={locale} value={locale}>
            <Box paddingTop={5}>
              <TextFields
                text={form.translations[locale] ?? EMPTY_TEXT}
                fallback={form.text}
                onChange={(text) =>
                  change({ translations: { ...form.translations, [locale]: text } })
                }
                errors={{}}
                disabled={disabled}
              />
            </Box>
          </Tabs.Content>
        ))}
      </Tabs.Root>
      {errors.translations === undefined ? null : (
        <Typography variant="pi" textColor="danger600" role="alert">
          {errors.translations}
        </Typography>
      )}
    </Panel>
  );
};
