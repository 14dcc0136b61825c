import { useCallback } from 'react';
import { useForm } from '@strapi/strapi/admin';

import { FIRST_RULE } from '../../../contracts';
import { isVisibility } from '../components/visibility';
import { toInput, type RuleDraft } from './ruleDraft';
import { useFormValues } from './useFormValues';

const isDraft = (value: unknown): value is RuleDraft =>
  typeof value === 'object' &&
  value !== null &&
  'visibility' in value &&
  isVisibility(value.visibility);

/**
 * The rule of an entry that is not saved yet. It is a value of the Content Manager's own form, so that
 * it is in the very request that makes the entry, and the server writes both at once.
 *
 * @param fallback what applies when nothing is chosen
 */
export const useFirstRule = (fallback: RuleDraft) => {
  const value = useFormValues()[FIRST_RULE];
  const onChange = useForm('AccessPanel', (form) => form.onChange);
  const getValues = useForm('AccessPanel', (form) => form.getValues);
  const setValues = useForm('AccessPanel', (form) => form.setValues);

  const change = useCallback((next: RuleDraft) => onChange(FIRST_RULE, toInput(next)), [onChange]);
  /** Taken out altogether: a key that holds nothing would still count as a change of the entry. */
  const reset = useCallback(() => {
    const others = Object.entries(getValues()).filter(([key]) => key !== FIRST_RULE);
    setValues(Object.fromEntries(others));
  }, [getValues, setValues]);

  return { draft: isDraft(value) ? value : fallback, isChosen: isDraft(value), change, reset };
};
