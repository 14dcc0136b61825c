import * as yup from 'yup';
import type { PriceInput, PriceUpdate, TierOrderInput } from '../../../contracts';
import { MAX_AMOUNT } from '../domain/money';
import { SLUG } from '../domain/slug';
import { INTERVALS, LONGEST } from '../domain/terms';

const text = (max: number) => yup.string().strict().trim().max(max);
const benefits = () => yup.array().strict().of(text(255).required()).max(50);

const translation = yup.object({ name: text(255), description: text(5000), benefits: benefits() });

const translations = yup.lazy((value: unknown) =>
  yup.object(
    Object.fromEntries(
      Object.keys(typeof value === 'object' && value !== null ? value : {}).map((locale) => [
        locale,
        translation,
      ])
    )
  )
);

const fields = {
  slug: text(255).matches(SLUG, 'slug must be lower-case letters, digits and hyphens'),
  description: text(5000).nullable(),
  benefits: benefits(),
  translations,
  kind: yup.string().oneOf(['free', 'paid'] as const),
  includes: yup.array().strict().of(yup.string().required()),
};

export const tierInput = yup
  .object({ ...fields, name: text(255).min(1).required() })
  .noUnknown('there is no such field: ${unknown}')
  .required();
export const tierUpdate = yup
  .object({ ...fields, name: text(255).min(1) })
  .noUnknown('there is no such field: ${unknown}')
  .required();

const isCurrency = (value: string | undefined): boolean =>
  value === undefined || Intl.supportedValuesOf('currency').includes(value.toUpperCase());

/** Without an interval it is paid once. */
const longest = (interval: unknown): number =>
  INTERVALS.map((one) => (one === interval ? LONGEST[one] : 0)).find((most) => most > 0) ?? 1;

const amount = () => yup.number().strict().integer().min(1).max(MAX_AMOUNT);
const currency = () =>
  yup
    .string()
    .strict()
    .lowercase('currency must be lower case, as Stripe writes it')
    .test('currency', 'currency must be an ISO 4217 code such as eur', isCurrency);
const interval = () => yup.string().oneOf(INTERVALS).nullable();
const intervalCount = () => yup.number().strict().integer().min(1);
const trialDays = () => yup.number().strict().integer().min(0).max(730);
const nickname = () => text(255).nullable();

export const priceInput: yup.Schema<PriceInput> = yup
  .object({
    amount: amount().required(),
    currency: currency().required(),
    interval: interval(),
    intervalCount: intervalCount().when('interval', ([given], schema) =>
      schema.max(longest(given), 'intervalCount must be at most three years in all')
    ),
    trialDays: trialDays(),
    nickname: nickname(),
  })
  .required();

/** Whether a new period is too long shows only beside what is not changed. */
export const priceUpdate: yup.Schema<PriceUpdate> = yup
  .object({
    active: yup.boolean().strict(),
    amount: amount(),
    currency: currency(),
    interval: interval(),
    intervalCount: intervalCount(),
    trialDays: trialDays(),
    nickname: nickname(),
  })
  .noUnknown('there is no such field: ${unknown}')
  .test('some', 'name what is to change', (value) => Object.keys(value).length > 0)
  .required();

export const tierOrder: yup.Schema<TierOrderInput> = yup
  .object({ documentIds: yup.array().of(yup.string().strict().required()).required() })
  .required();
