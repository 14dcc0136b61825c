import { useDeferredValue, useMemo } from 'react';
import { useForm } from '@strapi/strapi/admin';
import { Button, Flex, Typography } from '@strapi/design-system';

import type { PaywallField as Field } from '../../../contracts';
import { useT } from '../translations/useT';
import { markBlocks } from './blocksEditor';
import { hasMarker } from './marker';
import { markMarkdown } from './markdownEditor';
import { useCanEditField } from './useCanEditField';
import { countFree } from './words';

interface PaywallFieldProps {
  field: Field;
  label: string;
  /** As it stands in the form. */
  value: unknown;
}

/** Where the free part of one field ends, and how long it is. */
export const PaywallField = ({ field: { name, type }, label, value }: PaywallFieldProps) => {
  const t = useT();
  const onChange = useForm('AccessPanel', (form) => form.onChange);
  const canEdit = useCanEditField(name);
  // A long text is counted while nothing else is to do.
  const counted = useDeferredValue(value);
  const { free, all } = useMemo(() => countFree(type, counted), [type, counted]);
  const isMarked = hasMarker(type, value);

  const mark = (action: 'place' | 'remove') => {
    if (type === 'richtext' && typeof value === 'string') {
      markMarkdown(value, action, (text) => onChange(name, text));
    }
    if (type === 'blocks' && Array.isArray(value)) {
      markBlocks(value, action, (blocks) => onChange(name, blocks));
    }
  };

  return (
    <Flex direction="column" alignItems="stretch" gap={1} role="group" aria-label={label}>
      <Typography variant="pi" fontWeight="semiBold">
        {label}
      </Typography>
      <Typography variant="pi" textColor="neutral600">
        {isMarked ? t('marker.free', { free, all }) : t('marker.none', { all })}
      </Typography>
      <Button
        variant={isMarked ? 'tertiary' : 'secondary'}
        size="S"
        fullWidth
        disabled={!canEdit || (all === 0 && !isMarked)}
        onClick={() => mark(isMarked ? 'remove' : 'place')}
        aria-label={t(isMarked ? 'marker.remove.in' : 'marker.place.in', { field: label })}
      >
        {t(isMarked ? 'marker.remove' : 'marker.place')}
      </Button>
    </Flex>
  );
};
