import type { Gate } from './gate';
import { innermost, type GraphqlSchema, type GraphqlType } from './graphql-plugin';

const holdsEntries = (type: GraphqlType): boolean => {
  const within = innermost(type);
  return within.getFields !== undefined || within.getTypes !== undefined;
};

/**
 * Lets the gate know of every object and list that is being loaded: the rules of all that side by side
 * relations bring are then one statement. Before the fields are gated, or one that waits for its own
 * verdict would be among what that verdict waits for.
 */
export const countLoads = (schema: GraphqlSchema, gate: Gate): void => {
  for (const type of Object.values(schema.getTypeMap())) {
    for (const field of Object.values(type.getFields?.() ?? {})) {
      const { resolve } = field;
      if (!resolve || !holdsEntries(field.type)) continue;
      field.resolve = (...asked) => {
        const ctx = gate.current();
        return ctx ? gate.request(ctx).loads.run(() => resolve(...asked)) : resolve(...asked);
      };
    }
  }
};
