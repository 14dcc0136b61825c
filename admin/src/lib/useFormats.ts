import { useMemo } from 'react';
import { intlFormatDistance } from 'date-fns';
import { useIntl } from 'react-intl';

import { toMajor } from './money';

interface MoneyOptions {
  /** `€5` rather than `€5.00`: for price tags, not for columns of payments. */
  trimWhole?: boolean;
}

/** Dates, months, money and shares in the admin user's language. */
export const useFormats = () => {
  const intl = useIntl();
  return useMemo(() => {
    const day = (iso: string) => intl.formatDate(iso, { dateStyle: 'medium' });
    const moment = (iso: string) =>
      intl.formatDate(iso, { dateStyle: 'medium', timeStyle: 'short' });
    /** How long ago something was: `3 minutes ago`. */
    const ago = (iso: string) =>
      intlFormatDistance(new Date(iso), new Date(), { locale: intl.locale });
    /** `month` is `YYYY-MM`, already in the site's time zone: it must not be shifted again. */
    const month = (value: string, style: 'short' | 'long' = 'long') =>
      intl.formatDate(`${value}-01T00:00:00Z`, {
        timeZone: 'UTC',
        month: style,
        ...(style === 'long' ? { year: 'numeric' } : {}),
      });
    const money = (
      amount: number,
      currency: string,
      exponent: number,
      { trimWhole = false }: MoneyOptions = {}
    ) =>
      intl.formatNumber(toMajor(amount, exponent), {
        style: 'currency',
        currency: currency.toUpperCase(),
        currencyDisplay: 'narrowSymbol',
        minimumFractionDigits: trimWhole && amount % 10 ** exponent === 0 ? 0 : exponent,
        maximumFractionDigits: exponent,
      });
    const number = (value: number) => intl.formatNumber(value);
    const signed = (value: number) => intl.formatNumber(value, { signDisplay: 'exceptZero' });
    const percent = (share: number) =>
      intl.formatNumber(share, { style: 'percent', maximumFractionDigits: 1 });
    const language = (code: string) =>
      intl.formatDisplayName(code, { type: 'language', fallback: 'code' }) ?? code;
    const currencyName = (code: string) =>
      intl.formatDisplayName(code.toUpperCase(), { type: 'currency' }) ?? code.toUpperCase();
    return { day, moment, ago, month, money, number, signed, percent, language, currencyName };
  }, [intl]);
};

export type Formats = ReturnType<typeof useFormats>;
