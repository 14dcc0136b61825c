import type { BuilderType } from './teasers';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isOptional = (value: unknown, test: (value: unknown) => boolean): boolean =>
  value === undefined || value === null || test(value);

const isNames = (value: unknown): boolean =>
  Array.isArray(value) && value.every((name) => typeof name === 'string');

const isField = (value: unknown): boolean =>
  isObject(value) && typeof value.name === 'string' && typeof value.type === 'string';

const isGateOptions = (value: unknown): boolean =>
  isObject(value) &&
  isOptional(value.gated, (gated) => typeof gated === 'boolean') &&
  isOptional(value.teaser, isNames) &&
  isOptional(value.default, (name) => typeof name === 'string');

/** Whether a schema of the builder has the shape we read; what has not is left alone. */
export const isBuilderType = (value: unknown): value is BuilderType =>
  isObject(value) &&
  Array.isArray(value.attributes) &&
  value.attributes.every(isField) &&
  isOptional(
    value.pluginOptions,
    (options) => isObject(options) && isOptional(options.memberships, isGateOptions)
  );
