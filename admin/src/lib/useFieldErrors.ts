import { useState } from 'react';

import { toProblem, useNotifyProblem, useProblemText } from '../api/errors';

/**
 * Errors at their fields. What the server says of a field the form has goes there; anything else
 * becomes a notification, so no refusal is silent.
 */
export const useFieldErrors = <Field extends string>(fields: readonly Field[]) => {
  const [errors, setErrors] = useState<Partial<Record<Field, string>>>({});
  const toText = useProblemText();
  const notify = useNotifyProblem();

  const show = (error: unknown) => {
    const problem = toProblem(error);
    // `translations.fr.name` and `benefits[2]` belong to the fields `translations` and `benefits`.
    const root = problem.field?.split(/[.[]/)[0];
    const field = fields.find((name) => name === root);
    if (field === undefined) return notify(error);
    setErrors((previous) => ({ ...previous, [field]: toText(problem) }));
  };

  return { errors, setErrors, show };
};
