import { useIntl } from 'react-intl';
import { Box, Typography } from '@strapi/design-system';

import type { Audience } from '../../../contracts';
import { useFormats } from '../lib/useFormats';
import { useT } from '../translations/useT';
import { isIncomplete, type RuleDraft } from './ruleDraft';
import type { EntryInForm } from './useEntry';

interface ConsequenceProps {
  draft: RuleDraft;
  entry: EntryInForm;
  audience: Audience | null;
}

const useReaders = () => {
  const t = useT();
  return ({ of, readers, total }: Audience): string =>
    readers === total
      ? t(`consequence.${of}.all`, { total })
      : t(`consequence.${of}.some`, { readers, total });
};

/** What the choice comes to, in a sentence or two. */
export const Consequence = ({ draft, entry, audience }: ConsequenceProps) => {
  const t = useT();
  const { formatList } = useIntl();
  const { moment } = useFormats();
  const readersOf = useReaders();

  const unlinkedOf = ({ readers, unlinked }: Audience): string[] => {
    if (unlinked === 0) return [];
    if (unlinked === readers) return [t('consequence.unlinked.all')];
    return [t('consequence.unlinked', { count: unlinked })];
  };

  const sentences = (): string[] => {
    if (draft.visibility === 'public' || audience?.everyone) return [t('consequence.public')];
    const seen = [
      ...entry.shown.map((name) => entry.labelOf(name)),
      ...entry.freeParts.map((name) => t('consequence.freePart', { field: entry.labelOf(name) })),
    ];
    const visitors =
      seen.length === 0
        ? t('consequence.visitors.nothing')
        : t('consequence.visitors', { fields: formatList(seen, { type: 'conjunction' }) });
    if (isIncomplete(draft)) return [visitors, t('consequence.nobody')];
    if (audience === null) return [visitors];
    return [
      visitors,
      readersOf(audience),
      ...(audience.waiting > 0 ? [t('consequence.waiting', { count: audience.waiting })] : []),
      ...unlinkedOf(audience),
      ...(draft.opensAt === null ? [] : [t('consequence.opens', { date: moment(draft.opensAt) })]),
    ];
  };

  return (
    <Box
      width="100%"
      padding={3}
      background="neutral100"
      hasRadius
      data-testid="memberships-consequence"
    >
      <Typography variant="pi" textColor="neutral800">
        {sentences().join(' ')}
      </Typography>
    </Box>
  );
};
