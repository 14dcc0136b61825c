import {
  foldTeasers,
  markTeasers,
  TEASER_MARK,
  type BuilderType,
} from '../../../admin/src/content-type-builder/teasers';

const type = (memberships: object | undefined, ...names: string[]): BuilderType => ({
  attributes: names.map((name) => ({ name, type: 'text', status: 'UNCHANGED' })),
  ...(memberships ? { pluginOptions: { memberships } } : {}),
});

const GATED = { gated: true, teaser: ['excerpt', 'cover'], default: 'members' };

const loaded = markTeasers(type(GATED, 'title', 'cover', 'excerpt', 'body'));

const edited = (change: (field: BuilderType['attributes'][number]) => object): BuilderType => ({
  ...loaded,
  attributes: loaded.attributes.map((field) => ({ ...field, ...change(field) })),
});

const saved = (next: BuilderType, previous: BuilderType | undefined = loaded) => {
  const { attributes, pluginOptions } = foldTeasers(next, previous);
  expect(attributes.some((field) => TEASER_MARK in field)).toBe(false);
  return pluginOptions?.memberships;
};

it('saves what it loaded, in the order it had', () => {
  expect(saved(loaded)).toEqual(GATED);
});

it('adds a ticked field and drops an unticked one', () => {
  const next = edited(({ name }) =>
    name === 'body' ? { [TEASER_MARK]: true } : name === 'cover' ? { [TEASER_MARK]: false } : {}
  );
  expect(saved(next)?.teaser).toEqual(['excerpt', 'body']);
});

it('follows a field that was renamed, and forgets one that was deleted', () => {
  expect(
    saved(edited(({ name }) => (name === 'excerpt' ? { name: 'summary' } : {})))?.teaser
  ).toEqual(['cover', 'summary']);
  expect(
    saved(edited(({ name }) => (name === 'excerpt' ? { status: 'REMOVED' } : {})))?.teaser
  ).toEqual(['cover']);
});

it('opens no new field that has the name of a deleted one', () => {
  const next: BuilderType = {
    ...loaded,
    attributes: [
      ...loaded.attributes.filter(({ name }) => name !== 'excerpt'),
      { name: 'excerpt', type: 'richtext', status: 'NEW' },
    ],
  };
  expect(saved(next)?.teaser).toEqual(['cover']);
});

it('keeps a name that the builder never shows', () => {
  const hidden = markTeasers(type({ gated: true, teaser: ['createdBy'] }, 'title', 'body'));
  expect(saved(hidden, hidden)?.teaser).toEqual(['createdBy']);
});

it('keeps teasers and default when the gate is switched off, and leaves nothing where nothing was', () => {
  const off = { ...loaded, pluginOptions: { memberships: { ...GATED, gated: false } } };
  expect(saved(off)).toEqual({ ...GATED, gated: false });
  expect(saved(type({ gated: false, default: null }, 'title'))).toBeUndefined();
  expect(foldTeasers(type(undefined, 'title'), undefined)).toEqual(type(undefined, 'title'));
});

it('leaves other plugins’ options, and options of ours that it does not know', () => {
  const next: BuilderType = {
    ...type(undefined, 'title'),
    pluginOptions: Object.assign({ i18n: { localized: true } }, { memberships: { gated: true } }),
  };
  expect(foldTeasers(next, undefined).pluginOptions).toEqual({
    i18n: { localized: true },
    memberships: { gated: true },
  });
});

it('writes a new type’s list', () => {
  const next: BuilderType = {
    attributes: [{ name: 'lead', type: 'text', status: 'NEW', [TEASER_MARK]: true }],
    pluginOptions: { memberships: { gated: true, default: 'paid' } },
  };
  expect(saved(next, undefined)).toEqual({ gated: true, default: 'paid', teaser: ['lead'] });
});
