import * as yup from 'yup';
import { schema } from './schema';

/** What a site wrote, checked and without defaults. */
export type Options = yup.InferType<typeof schema>;

/** yup's own words for a wrong type quote the value, which may be a secret. */
const describe = ({ type, path, message, params }: yup.ValidationError): string =>
  type === 'typeError'
    ? `${path || 'the options'} must be of type ${String(params?.type)}`
    : message;

/** The options as they are, or null and what is wrong with them. */
const validate = (options: unknown): [Options | null, string] => {
  try {
    return [schema.validateSync(options, { abortEarly: false }), ''];
  } catch (error) {
    if (!(error instanceof yup.ValidationError)) throw error;
    const all = error.inner.length > 0 ? error.inner : [error];
    return [null, all.map(describe).join('; ')];
  }
};

/**
 * The options as they are.
 *
 * @throws Error naming every wrong one; a secret's value is never in the message
 */
export const check = (options: unknown): Options => {
  const [checked, wrong] = validate(options);
  if (checked) return checked;
  // Without yup's error as its cause: that one carries every option, and logs print causes.
  throw new Error(`memberships: wrong options in config/plugins: ${wrong}`);
};
