import * as yup from 'yup';
import type { RuleInput, Visibility } from '../../../contracts';
import { toIso } from '../store';

const OPENS_AT = 'opensAt must be a date and time such as 2026-01-31T09:00:00.000Z';

/** MySQL keeps no year above 9999 and none of before 1000; yup takes any digits in the right places. */
const EARLIEST = Date.UTC(1000, 0, 1);
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Whether a month has such a day: JavaScript reads February 31 as a day of March. */
const isDay = (date: string): boolean => {
  const ms = Date.parse(date);
  return !Number.isNaN(ms) && toIso(ms).startsWith(date);
};

/** Null and absent are for the schema to judge. */
const isStorable = (value: string | null | undefined): boolean => {
  if (typeof value !== 'string') return true;
  const ms = Date.parse(value);
  return ms >= EARLIEST && ms <= LATEST && isDay(value.slice(0, 10));
};

/** The body of `PUT /memberships/rules/:uid/:documentId`. */
export const ruleInput: yup.ObjectSchema<RuleInput> = yup
  .object({
    visibility: yup
      .mixed<Visibility>()
      .oneOf(
        ['public', 'members', 'paid', 'tiers'],
        'visibility must be one of: public, members, paid, tiers'
      )
      .required('visibility is required'),
    tiers: yup
      .array()
      .typeError('tiers must be a list of documentIds')
      .of(yup.string().typeError('tiers must be a list of documentIds').required())
      .max(1000),
    opensAt: yup
      .string()
      .typeError(OPENS_AT)
      .datetime({ message: OPENS_AT, allowOffset: true })
      .test('storable', OPENS_AT, isStorable)
      .nullable(),
    dripDays: yup
      .number()
      .typeError('dripDays must be a whole number of days')
      .integer('dripDays must be a whole number of days')
      .min(0)
      .max(36_500)
      .nullable(),
  })
  .typeError('the body must be an object with a visibility')
  .noUnknown(true, 'unknown key: ${unknown}')
  .strict(true)
  .required();

/**
 * The query of `GET /memberships/audience` as the body of a rule, still to be checked by `ruleInput`:
 * `tiers` is a list with commas, and an empty value is none.
 */
export const ruleInQuery = (query: Record<string, unknown>): Record<string, unknown> => {
  const { tiers, dripDays, ...rest } = query;
  const given = Object.entries(rest).filter(([, value]) => value !== '');
  return {
    ...Object.fromEntries(given),
    ...(tiers === undefined
      ? {}
      : { tiers: typeof tiers === 'string' ? tiers.split(',').filter(Boolean) : tiers }),
    ...(dripDays === undefined || dripDays === ''
      ? {}
      : { dripDays: typeof dripDays === 'string' ? Number(dripDays) : dripDays }),
  };
};
