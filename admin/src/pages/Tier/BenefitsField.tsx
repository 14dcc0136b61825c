import { useRef } from 'react';
import { Box, Button, Field, Flex, TextInput, Typography } from '@strapi/design-system';
import { ArrowUp, Plus, Trash } from '@strapi/icons';

import { QuietIconButton } from '../../components/QuietIconButton';
import { moved, replaced, without } from '../../lib/arrays';
import { useT } from '../../translations/useT';

interface BenefitsFieldProps {
  benefits: string[];
  onChange: (benefits: string[]) => void;
  fallback?: string[];
  error?: string;
  disabled: boolean;
}

/** One line per benefit. Enter adds the next, so that a list is typed as in a text editor. */
export const BenefitsField = ({
  benefits,
  onChange,
  fallback = [],
  error,
  disabled,
}: BenefitsFieldProps) => {
  const t = useT();
  const list = useRef<HTMLUListElement>(null);
  const add = () => {
    onChange([...benefits, '']);
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus()
    );
  };

  return (
    <Box role="group" aria-label={t('tier.benefits')}>
      <Typography variant="pi" fontWeight="bold" textColor="neutral800" tag="p">
        {t('tier.benefits')}
      </Typography>
      <Flex tag="ul" ref={list} direction="column" alignItems="stretch" gap={2} paddingTop={1}>
        {benefits.map((benefit, index) => (
          <Flex key={index} tag="li" gap={2}>
            <Box flex="1" minWidth={0}>
              <TextInput
                aria-label={t('tier.benefit', { position: index + 1 })}
                value={benefit}
                disabled={disabled}
                onChange={(event) => onChange(replaced(benefits, index, event.target.value))}
                onKeyDown={(event) => {
                  if (event.key !== 'Enter') return;
                  event.preventDefault();
                  add();
                }}
              />
            </Box>
            <QuietIconButton
              label={t('tier.benefit.up', { position: index + 1 })}
              variant="ghost"
              disabled={disabled || index === 0}
              onClick={() => onChange(moved(benefits, index, index - 1))}
            >
              <ArrowUp />
            </QuietIconButton>
            <QuietIconButton
              label={t('tier.benefit.remove', { position: index + 1 })}
              variant="ghost"
              disabled={disabled}
              onClick={() => onChange(without(benefits, index))}
            >
              <Trash />
            </QuietIconButton>
          </Flex>
        ))}
      </Flex>
      {benefits.length === 0 && fallback.length > 0 ? (
        <Typography variant="pi" textColor="neutral600" tag="p">
          {t('tier.benefits.fallback', { benefits: fallback.join(', ') })}
        </Typography>
      ) : null}
      <Box paddingTop={2}>
        <Button variant="tertiary" startIcon={<Plus />} disabled={disabled} onClick={add}>
          {t('tier.benefit.add')}
        </Button>
      </Box>
      <Field.Root error={error}>
        <Field.Error />
      </Field.Root>
    </Box>
  );
};
