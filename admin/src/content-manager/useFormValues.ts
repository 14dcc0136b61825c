import { useMemo } from 'react';
import { useForm } from '@strapi/strapi/admin';

/** The values of the Content Manager's form, saved or not; Strapi types them as an object of nothing. */
export const useFormValues = (): Record<string, unknown> => {
  const values = useForm('AccessPanel', (form): object => form.values);
  return useMemo(() => Object.fromEntries(Object.entries(values)), [values]);
};
