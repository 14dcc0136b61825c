import { type Names } from './arguments';
import { type Model } from './schema';
import { type HuntSite } from './site';

interface Naming {
  getTypeName(model: Model): string;
  getComponentName(model: Model): string;
  getFiltersInputTypeName(model: Model): string;
}

/** What the site's GraphQL plugin calls its types. */
export const namesOf = ({ strapi, schema }: HuntSite): Names => {
  const { naming }: { naming: Naming } = strapi.plugin('graphql').service('utils');
  const types = new Map<string, Model>();
  const inputs = new Map<string, Model>();
  for (const model of schema.all) {
    const component = model.modelType === 'component';
    types.set(component ? naming.getComponentName(model) : naming.getTypeName(model), model);
    inputs.set(naming.getFiltersInputTypeName(model), model);
  }
  return { modelOf: (type) => types.get(type), filteredBy: (input) => inputs.get(input) };
};
