import { readGatedTypes } from '../../server/src/gate/gated-types';
import { readPlaces } from '../../server/src/gate/files/places';
import type { Model } from '../../server/src/strapi-types';

const type = (
  uid: string,
  attributes: Model['attributes'],
  gated?: { teaser: string[] }
): Model => ({
  uid,
  modelType: 'contentType',
  kind: 'collectionType',
  info: { displayName: uid, singularName: uid, pluralName: `${uid}s` },
  options: {},
  attributes,
  pluginOptions: gated ? { memberships: { gated: true, ...gated } } : {},
});

const component = (uid: string, attributes: Model['attributes']): Model => ({
  uid,
  modelType: 'component',
  attributes,
});

const media = { type: 'media' } as const;
const text = { type: 'text' } as const;
const one = (uid: string) => ({ type: 'component', component: uid }) as const;
const zone = (...components: string[]) => ({ type: 'dynamiczone', components }) as const;

const placesOf = (...models: Model[]) => {
  const byUid = new Map(models.map((model) => [model.uid, model]));
  return readPlaces(models, readGatedTypes(models), (uid) => byUid.get(uid));
};

test('protected media are found in a gated type, in its components and theirs', () => {
  const places = placesOf(
    type(
      'post',
      { cover: media, pdf: media, body: text, parts: zone('gallery', 'quote') },
      { teaser: ['cover'] }
    ),
    type('page', { parts: zone('gallery'), photo: media }),
    component('gallery', { slides: one('slide') }),
    component('slide', { image: media, next: one('gallery') }),
    component('quote', { text })
  );
  expect(places.any).toBe(true);
  expect(places.carriers('post')).toEqual(['cover', 'pdf', 'parts']);
  expect(places.protectedCarriers('post')).toEqual(['pdf', 'parts']);
  expect(places.protectedCarriers('page')).toEqual([]);
  expect(places.carriers('quote')).toEqual([]);
  expect([...places.protectedComponents].sort()).toEqual(['gallery', 'quote', 'slide']);
  expect(places.parentsOf('gallery').map(({ uid }) => uid)).toEqual(['post', 'page', 'slide']);
  expect(places.mayProtect('post', 'pdf')).toBe(true);
  expect(places.mayProtect('post', 'cover')).toBe(false);
  expect(places.mayProtect('page', 'photo')).toBe(false);
  expect(places.mayProtect('slide', 'image')).toBe(true);
});

test('a site that protects no media asks nothing', () => {
  expect(placesOf(type('post', { cover: media, body: text }, { teaser: ['cover'] })).any).toBe(
    false
  );
  expect(placesOf(type('post', { pdf: media })).any).toBe(false);
  expect(
    placesOf(type('post', { quote: one('quote') }, { teaser: [] }), component('quote', { text }))
      .any
  ).toBe(false);
  expect(
    placesOf(
      type('post', { gallery: one('gallery') }, { teaser: ['gallery'] }),
      component('gallery', { image: media })
    ).any
  ).toBe(false);
});
