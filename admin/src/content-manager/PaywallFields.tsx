import { Box, Flex, Typography } from '@strapi/design-system';

import type { PaywallField as Field } from '../../../contracts';
import { useT } from '../translations/useT';
import { PaywallField } from './PaywallField';
import type { EntryInForm } from './useEntry';

interface PaywallFieldsProps {
  fields: readonly Field[];
  entry: EntryInForm;
}

/** The fields that can have a free part, and where it ends. */
export const PaywallFields = ({ fields, entry }: PaywallFieldsProps) => {
  const t = useT();
  if (fields.length === 0) return null;
  return (
    <Flex
      tag="section"
      aria-label={t('marker.title')}
      direction="column"
      alignItems="stretch"
      gap={3}
      width="100%"
    >
      <Box>
        <Typography tag="h3" variant="pi" fontWeight="bold">
          {t('marker.title')}
        </Typography>
        <Typography tag="p" variant="pi" textColor="neutral600">
          {t('marker.hint')}
        </Typography>
      </Box>
      {fields.map((field) => (
        <PaywallField
          key={field.name}
          field={field}
          label={entry.labelOf(field.name)}
          value={entry.values[field.name]}
        />
      ))}
    </Flex>
  );
};
