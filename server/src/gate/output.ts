import type { Core } from '@strapi/strapi';
import type { sanitize } from '@strapi/utils';
import { handRecords } from './files';
import type { Gate } from './gate';

type Sanitizer = ReturnType<sanitize.Sanitizer>;
type Data = NonNullable<Parameters<Sanitizer>[0]>;

const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null;

/** Strapi types its sanitizers as curried by lodash. */
const sanitizer = (work: (data: Data) => Promise<Data>): Sanitizer => {
  function run(): Sanitizer;
  function run(data: Data): Promise<Data>;
  function run(...args: [] | [Data]): Sanitizer | Promise<Data> {
    return args.length === 0 ? run : work(args[0]);
  }
  return run;
};

/**
 * The REST way out. Every core controller, `/api/users`, `/api/upload` and what follows Strapi's
 * advice for custom controllers ends in `contentAPI.sanitize.output`: the answer is gated before
 * Strapi's own sanitizers run, so that what other plugins derive from it is derived from what the
 * reader may see.
 *
 * A sanitizer registered under `content-api.output` alone would be awaited entry after entry, a
 * query each; it stays as the net below whoever kept a reference to the function from before.
 */
export const gateRestOutput = (strapi: Core.Strapi, gate: () => Gate): void => {
  const { sanitize } = strapi.contentAPI;
  const original = sanitize.output;
  sanitize.output = async (data, schema, options) => {
    const ctx = gate().current();
    if (!ctx) return original(data, schema, options);
    const answer = await gate().answer(ctx, data, schema);
    return original(await handRecords(gate(), ctx, answer, schema), schema, options);
  };

  strapi.sanitizers.add('content-api.output', (schema) =>
    sanitizer(async (data) => {
      const ctx = gate().current();
      if (!ctx || !isData(data)) return data;
      const gated = await gate().answer(ctx, data, schema);
      return isData(gated) ? gated : {};
    })
  );
};
