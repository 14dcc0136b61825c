import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

import type { FieldAccess, GatedTypeReport, Visibility } from '../../../../contracts';
import { Facts, type Fact } from '../../components/Facts';
import { InfoHint } from '../../components/InfoHint';
import { useFormats } from '../../lib/useFormats';
import { useT } from '../../translations/useT';
import { TryIt } from './TryIt';

const Columns = styled(Box)`
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: ${({ theme }) => theme.spaces[6]};

  ${({ theme }) => theme.breakpoints.medium} {
    grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
  }
`;

/** A field's name, as it is in the schema. */
const Name = ({ children }: { children: ReactNode }) => (
  <Box
    tag="code"
    background="neutral100"
    borderColor="neutral200"
    hasRadius
    paddingLeft={2}
    paddingRight={2}
  >
    <Typography variant="pi" textColor="neutral800">
      {children}
    </Typography>
  </Box>
);

const ACCESSES: FieldAccess[] = ['protected', 'teaser', 'always', 'private'];
const VISIBILITIES: Visibility[] = ['public', 'members', 'paid', 'tiers'];

export const GatedTypeDetails = ({ type }: { type: GatedTypeReport }) => {
  const t = useT();
  const { number } = useFormats();

  const names = (fields: { name: string }[]) => (
    <Flex gap={2} wrap="wrap" paddingTop={1}>
      {fields.map(({ name }) => (
        <Name key={name}>{name}</Name>
      ))}
    </Flex>
  );
  const fieldFacts = ACCESSES.flatMap((access): Fact[] => {
    const fields = type.fields.filter((field) => field.access === access);
    return fields.length === 0 ? [] : [{ label: t(`gate.fields.${access}`), value: names(fields) }];
  });
  const marked = type.fields.filter(({ paywall }) => paywall);
  const ruled = VISIBILITIES.filter((visibility) => type.rules[visibility] > 0);

  const ruleFacts: Fact[] = [
    {
      label: t('gate.default'),
      value: (
        <>
          {t(`visibility.${type.defaultVisibility}`)}
          <Typography tag="p" variant="pi" textColor="neutral600">
            {t(`gate.default.${type.defaultFrom}`)}
          </Typography>
        </>
      ),
    },
    {
      label: t('gate.rules'),
      value:
        ruled.length === 0 ? (
          t('gate.rules.none')
        ) : (
          <Flex tag="ul" direction="column" alignItems="flex-start">
            {ruled.map((visibility) => (
              <Typography key={visibility} tag="li">
                {t('gate.rules.count', {
                  visibility: t(`visibility.${visibility}`),
                  shown: number(type.rules[visibility]),
                })}
              </Typography>
            ))}
          </Flex>
        ),
    },
    {
      label: t('gate.marker'),
      value: marked.length === 0 ? t('gate.marker.none') : names(marked),
    },
  ];

  return (
    <Flex
      direction="column"
      alignItems="stretch"
      gap={6}
      padding={{ initial: 4, medium: 6 }}
      background="neutral0"
    >
      <Columns>
        <Facts facts={ruleFacts} />
        <Facts facts={fieldFacts} />
      </Columns>
      <Box>
        <Flex gap={1}>
          <Typography variant="pi" fontWeight="semiBold" textColor="neutral600" tag="h3">
            {t('gate.try')}
          </Typography>
          <InfoHint label={t('gate.try.hint')} />
        </Flex>
        <TryIt type={type} />
      </Box>
    </Flex>
  );
};
