import { useCallback } from 'react';
import { useNotification } from '@strapi/strapi/admin';

import { useOpenT, useT } from '../translations/useT';

/** What the server said in Strapi's error shape, taken apart. */
export interface ApiProblem {
  status: number | null;
  message: string | null;
  /** The field at fault, e.g. `slug`. */
  field: string | null;
  /** For machines, e.g. `tier-in-use`. */
  code: string | null;
}

const read = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** Strapi's yup errors name their field as a path: `details.errors[0].path`. */
const pathOfFirst = (details: unknown): string | null => {
  const errors = read(details, 'errors');
  const path = Array.isArray(errors) ? read(errors[0], 'path') : undefined;
  return Array.isArray(path) && path.length > 0 ? path.join('.') : null;
};

export const toProblem = (error: unknown): ApiProblem => {
  const details = read(error, 'details');
  const status = read(error, 'status');
  return {
    status: typeof status === 'number' ? status : null,
    message: text(read(error, 'message')),
    field: text(read(details, 'field')) ?? pathOfFirst(details),
    code: text(read(details, 'code')),
  };
};

/** A problem in the user's words: by its code where we know it, else as the server put it. */
export const useProblemText = () => {
  const t = useT();
  const openT = useOpenT();
  return useCallback(
    (problem: ApiProblem) =>
      openT(`error.${problem.code ?? ''}`) ?? problem.message ?? t('error.unknown'),
    [openT, t]
  );
};

export const useNotifyProblem = () => {
  const { toggleNotification } = useNotification();
  const toText = useProblemText();
  return useCallback(
    (error: unknown) => toggleNotification({ type: 'danger', message: toText(toProblem(error)) }),
    [toggleNotification, toText]
  );
};
