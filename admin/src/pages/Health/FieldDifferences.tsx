import { Box, Flex, Typography } from '@strapi/design-system';

import type { Difference } from '../../../../contracts';
import { useFormats } from '../../lib/useFormats';
import { useT } from '../../translations/useT';

const INSTANT = /^"\d{4}-\d\d-\d\dT[\d:.]+Z"$/;
const TEXT = /^"[^"\\]*"$/;

/** What differs under one key: each field as it is here and as it is at Stripe. */
export const FieldDifferences = ({ difference }: { difference: Difference }) => {
  const t = useT();
  const { moment } = useFormats();
  const { key, kind, fields, more } = difference;
  const told = fields.filter(({ field }) => field !== '*');

  /** JSON as a person reads it: a date as a date, a word without its quotes. */
  const read = (json: string | null): string => {
    if (json === null || json === 'null') return '–';
    if (INSTANT.test(json)) return moment(json.slice(1, -1));
    return TEXT.test(json) ? json.slice(1, -1) : json;
  };

  if (told.length === 0) {
    return (
      <Typography variant="pi" textColor="neutral600">
        {t(`health.reconcile.kind.${kind}.hint`)}
      </Typography>
    );
  }
  return (
    <Flex tag="ul" direction="column" alignItems="flex-start" gap={2}>
      {told.map(({ object, field, here, stripe }) => (
        <Box key={`${object}.${field}`} tag="li" minWidth={0} style={{ overflowWrap: 'anywhere' }}>
          <Typography variant="pi" fontWeight="semiBold" textColor="neutral800">
            {field}
          </Typography>{' '}
          {object === key ? null : (
            <Typography variant="pi" textColor="neutral600">
              {t('health.reconcile.of', { object })}
            </Typography>
          )}
          <Typography variant="pi" textColor="neutral700" tag="p">
            {t('health.reconcile.field', { here: read(here), stripe: read(stripe) })}
          </Typography>
        </Box>
      ))}
      {more > 0 ? (
        <Typography tag="li" variant="pi" textColor="neutral600">
          {t('health.reconcile.more', { count: more })}
        </Typography>
      ) : null}
    </Flex>
  );
};
