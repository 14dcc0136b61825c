import { useMemo } from 'react';
import { unstable_useContentManagerContext } from '@strapi/strapi/admin';

import type { RuleChoices } from '../../../contracts';
import { hasMarker } from './marker';
import { useFormValues } from './useFormValues';

const isFilled = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined && value !== '';

/** Only the server knows what a relation holds: the form has what changes. */
const isRelation = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'connect' in value && 'disconnect' in value;

const EMPTY: Record<string, { label?: unknown }> = {};

/** What a visitor gets of the entry as it stands in the form, by the labels of its fields. */
export const useEntry = (choices: RuleChoices) => {
  const values = useFormValues();
  const { layout } = unstable_useContentManagerContext();
  const fields: Record<string, { label?: unknown }> = layout.edit.metadatas ?? EMPTY;

  return useMemo(() => {
    const labelOf = (name: string): string => {
      const label = fields[name]?.label;
      return typeof label === 'string' && label !== '' ? label : name;
    };
    const teasers = choices.teasers.filter(
      (name) => isFilled(values[name]) && !isRelation(values[name])
    );
    const related = choices.teasers.filter((name) => isRelation(values[name]));
    const freeParts = choices.paywalls.filter(({ name, type }) => hasMarker(type, values[name]));
    return {
      labelOf,
      values,
      /** Fields a visitor sees whole. */
      shown: [...(choices.title === null ? [] : [choices.title]), ...teasers, ...related],
      /** Fields a visitor sees the beginning of. */
      freeParts: freeParts.map(({ name }) => name),
      isSomethingFree: teasers.length > 0 || freeParts.length > 0,
      /** There is a text to part. */
      isWritten: choices.paywalls.some(({ name }) => isFilled(values[name])),
    };
  }, [choices, fields, values]);
};

export type EntryInForm = ReturnType<typeof useEntry>;
