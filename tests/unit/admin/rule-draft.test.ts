import type { TierChoice } from '../../../contracts';
import {
  isIncomplete,
  toInput,
  warningsOf,
  type RuleDraft,
} from '../../../admin/src/content-manager/ruleDraft';

const draft = (more: Partial<RuleDraft> = {}): RuleDraft => ({
  visibility: 'tiers',
  tiers: ['gold'],
  opensAt: null,
  dripDays: null,
  ...more,
});
const tier = (documentId: string, archived = false): TierChoice => ({
  documentId,
  name: documentId,
  slug: documentId,
  kind: 'paid',
  archived,
});
const TIERS = [tier('gold'), tier('old', true), tier('older', true)];

describe('warnings', () => {
  test.each([
    ['an active tier', draft(), true, false, []],
    ['no tier', draft({ tiers: [] }), true, false, ['noTier']],
    ['a tier that is no more', draft({ tiers: ['gone'] }), true, false, ['noTier']],
    ['archived tiers only', draft({ tiers: ['old', 'older'] }), true, false, ['archived']],
    ['an archived one among others', draft({ tiers: ['old', 'gold'] }), true, false, []],
    ['nothing free', draft({ visibility: 'paid' }), false, false, ['nothingFree']],
    ['both', draft({ tiers: [] }), false, false, ['noTier', 'nothingFree']],
    ['public', draft({ visibility: 'public', tiers: [] }), false, false, []],
    ['opened: nothing else matters', draft({ tiers: [] }), false, true, ['opened']],
  ])('%s', (_what, given, isSomethingFree, hasOpened, expected) => {
    expect(warningsOf(given, TIERS, isSomethingFree, hasOpened)).toEqual(expected);
  });
});

test('what another choice had set is not sent', () => {
  const full = draft({ opensAt: '2026-02-01T00:00:00.000Z', dripDays: 3 });
  expect(toInput(full)).toEqual(full);
  expect(toInput({ ...full, visibility: 'paid' })).toEqual({
    ...full,
    visibility: 'paid',
    tiers: [],
  });
  expect(toInput({ ...full, visibility: 'public' })).toEqual({
    visibility: 'public',
    tiers: [],
    opensAt: null,
    dripDays: null,
  });
  expect(isIncomplete(draft({ tiers: [] }))).toBe(true);
  expect(isIncomplete(draft({ visibility: 'paid', tiers: [] }))).toBe(false);
});
