/** The part of JSON Schema the generator writes and the checks read. */
export interface Schema {
  $ref?: string;
  type?: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';
  const?: string | number | boolean;
  enum?: (string | number)[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  anyOf?: Schema[];
}

/** What one endpoint takes; `null` when the library sends it nothing. */
export interface Endpoint {
  params: Schema | null;
}

/** Everything the simulator knows of Stripe's shapes, read from the installed library. */
export interface StripeSchema {
  /** By verb and path with `{}` for every id: `POST /v1/customers/{}`. */
  endpoints: Record<string, Endpoint>;
  definitions: Record<string, Schema>;
  /** Definition names by the value of `object`, deleted ones under `customer:deleted`. */
  objects: Record<string, string[]>;
}
