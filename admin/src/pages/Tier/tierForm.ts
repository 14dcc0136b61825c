import type { AdminTier, TierInput, TierKind, TierTranslation } from '../../../../contracts';

/** What one language of a tier says. */
export interface TierText {
  name: string;
  description: string;
  benefits: string[];
}

export interface TierForm {
  text: TierText;
  translations: Record<string, TierText>;
  slug: string;
  kind: TierKind;
  /** documentIds. */
  includes: string[];
}

export const EMPTY_TEXT: TierText = { name: '', description: '', benefits: [] };

const toText = ({ name, description, benefits }: TierTranslation): TierText => ({
  name: name ?? '',
  description: description ?? '',
  benefits: benefits ?? [],
});

export const toForm = (tier: AdminTier | null): TierForm => ({
  text:
    tier === null ? EMPTY_TEXT : toText({ ...tier, description: tier.description ?? undefined }),
  translations: Object.fromEntries(
    Object.entries(tier?.translations ?? {}).map(([locale, text]) => [locale, toText(text)])
  ),
  slug: tier?.slug ?? '',
  kind: tier?.kind ?? 'paid',
  includes: (tier?.includes ?? []).map(({ documentId }) => documentId),
});

const filled = (lines: string[]) => lines.map((line) => line.trim()).filter((line) => line !== '');

/** Only what was written: an empty translation falls back to the default language. */
const toTranslation = ({ name, description, benefits }: TierText): TierTranslation => ({
  ...(name.trim() === '' ? {} : { name: name.trim() }),
  ...(description.trim() === '' ? {} : { description: description.trim() }),
  ...(filled(benefits).length === 0 ? {} : { benefits: filled(benefits) }),
});

export const toInput = ({ text, translations, slug, kind, includes }: TierForm): TierInput => ({
  name: text.name.trim(),
  // Absent, the server makes it from the name.
  ...(slug.trim() === '' ? {} : { slug: slug.trim() }),
  description: text.description.trim() === '' ? null : text.description.trim(),
  benefits: filled(text.benefits),
  translations: Object.fromEntries(
    Object.entries(translations)
      .map(([locale, translated]) => [locale, toTranslation(translated)] as const)
      .filter(([, translated]) => Object.keys(translated).length > 0)
  ),
  kind,
  includes,
});
