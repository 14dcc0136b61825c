import * as fc from 'fast-check';
import { type ViewerName } from '../integration/gate-support';
import { graphqlRequests } from './graphql';
import { introspect } from './introspect';
import { namesOf } from './names';
import { poolsOf } from './pools';
import { type Query, type Request } from './query';
import { restRequests } from './rest';
import { CIRCLES } from './rules';
import { type HuntSite } from './site';
import { type Tongue } from './tongue';

/** Everybody asks; who reads everything, and so is told everything, less often. */
const viewers: fc.Arbitrary<ViewerName> = fc.oneof(
  ...CIRCLES.flatMap((circle) =>
    circle.viewers.map((viewer) => ({
      weight: circle.readsAll ? 1 : 4,
      arbitrary: fc.constant(viewer),
    }))
  )
);

/** Questions for a site, by each of its two languages and by both. */
export interface Queries {
  rest: fc.Arbitrary<Query>;
  graphql: fc.Arbitrary<Query>;
  both: fc.Arbitrary<Query>;
}

export const queriesFor = async (site: HuntSite): Promise<Queries> => {
  const types = await introspect(site);
  const tongue = (manner: 'polite' | 'curious' | 'wild'): Tongue => ({
    schema: site.schema,
    pools: poolsOf(site.documents),
    polite: manner === 'polite',
    wild: manner === 'wild',
    known: new Map(),
  });
  const userIds = Object.values(site.users);
  const mixed = (requests: (one: Tongue) => fc.Arbitrary<Request>): fc.Arbitrary<Query> =>
    fc.record({
      viewer: viewers,
      request: fc.oneof(
        { weight: 13, arbitrary: requests(tongue('polite')) },
        { weight: 5, arbitrary: requests(tongue('curious')) },
        { weight: 2, arbitrary: requests(tongue('wild')) }
      ),
    });
  const polite = tongue('polite');
  const rest = mixed((one) => restRequests(one, polite, userIds));
  const names = namesOf(site);
  const graphql = mixed((one) => graphqlRequests({ tongue: one, types, names, made: new Map() }));
  return {
    rest,
    graphql,
    both: fc.oneof({ weight: 3, arbitrary: rest }, { weight: 2, arbitrary: graphql }),
  };
};
