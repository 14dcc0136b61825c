import type { ComponentType } from 'react';

/** What the builder hands to an input of ours (its `GenericInput`, 5.54). */
export interface InputProps<Value> {
  name: string;
  value: Value | null | undefined;
  onChange: (event: { target: { name: string; value: Value | null } }) => void;
  /** Of a type: it is not saved yet. */
  isCreating?: boolean;
}

/** An input in one of the builder's forms. */
interface Item {
  name: string;
  type: string;
  intlLabel: { id: string; defaultMessage: string };
  size?: number;
}

interface Extension<Props> {
  form: { advanced: (props: Props) => Item[]; base: (props: Props) => Item[] };
}

/** What the builder knows of the field whose form it shows. */
export interface FieldFormProps {
  forTarget: 'contentType' | 'component';
  /** The type as it is being edited. */
  contentTypeSchema: unknown;
  type: string;
  /** A component field is chosen in two steps; the first has no field yet. */
  step?: string | null;
}

/** `app.getPlugin('content-type-builder').apis.forms`, as far as we use it. */
export interface BuilderForms {
  components: { add: (input: { id: string; component: ComponentType<never> }) => void };
  extendContentType: (extension: Extension<null>) => void;
  extendFields: (types: string[], extension: Extension<FieldFormProps>) => void;
  addContentTypeSchemaMutation: (mutate: (next: never, previous: never) => unknown) => void;
}

const has = (value: unknown, key: string): boolean =>
  typeof value === 'object' && value !== null && key in value;

export const isBuilderForms = (value: unknown): value is BuilderForms =>
  has(value, 'components') &&
  has(value, 'extendContentType') &&
  has(value, 'extendFields') &&
  has(value, 'addContentTypeSchemaMutation');
