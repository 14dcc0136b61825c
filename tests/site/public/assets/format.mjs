const LANGUAGE = 'en';

/** An amount in minor units; the API says how many digits the currency has after its point. */
export const money = ({ amount, currency, exponent }) => {
  const value = amount / 10 ** exponent;
  return new Intl.NumberFormat(LANGUAGE, {
    style: 'currency',
    currency: currency.toUpperCase(),
    minimumFractionDigits: Number.isInteger(value) ? 0 : exponent,
    maximumFractionDigits: exponent,
  }).format(value);
};

export const date = (iso, options = { day: 'numeric', month: 'long', year: 'numeric' }) =>
  new Intl.DateTimeFormat(LANGUAGE, options).format(new Date(iso));

export const list = (words, type = 'conjunction') =>
  new Intl.ListFormat(LANGUAGE, { type }).format(words);

/** `a month`, `every 3 months`, `a year`, `once`. */
export const every = ({ interval, intervalCount }) => {
  if (!interval) return 'once';
  return intervalCount === 1 ? `a ${interval}` : `every ${intervalCount} ${interval}s`;
};

/** `Monthly`, `Quarterly`, `Yearly`: what a plan is called. */
export const planName = ({ interval, intervalCount }) => {
  if (!interval) return 'Once';
  if (interval === 'month' && intervalCount === 3) return 'Quarterly';
  if (intervalCount === 1) return `${interval[0].toUpperCase()}${interval.slice(1)}ly`;
  return `Every ${intervalCount} ${interval}s`;
};
