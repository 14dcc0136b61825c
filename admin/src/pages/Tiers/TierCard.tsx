import { Box, Flex, Link, Typography } from '@strapi/design-system';
import { ArrowDown, ArrowUp } from '@strapi/icons';
import { NavLink } from 'react-router-dom';
import { styled } from 'styled-components';

import type { AdminTier } from '../../../../contracts';
import { QuietIconButton } from '../../components/QuietIconButton';
import { TierActions } from '../../components/TierActions';
import { TierSync } from '../../components/TierSync';
import { useFormats } from '../../lib/useFormats';
import { BASE_PATH } from '../../pluginId';
import { useT } from '../../translations/useT';
import { PriceTags } from './PriceTags';

interface TierCardProps {
  tier: AdminTier;
  canUpdate: boolean;
  showMove: boolean;
  onMoveUp?: () => unknown;
  onMoveDown?: () => unknown;
}

const Grid = styled(Box)`
  display: grid;
  grid-template-columns: minmax(0, 1fr) auto;
  gap: ${({ theme }) => `${theme.spaces[3]} ${theme.spaces[6]}`};
  align-items: start;

  ${({ theme }) => theme.breakpoints.large} {
    grid-template-columns: minmax(0, 5fr) minmax(0, 4fr) 12rem auto;
    align-items: center;
  }
`;

/** On a phone everything but the menu takes the whole width. */
const Cell = styled(Box)<{ $order: number }>`
  grid-column: 1 / -1;
  order: ${({ $order }) => $order};

  ${({ theme }) => theme.breakpoints.large} {
    grid-column: auto;
    order: 0;
  }
`;

export const TierCard = ({ tier, canUpdate, showMove, onMoveUp, onMoveDown }: TierCardProps) => {
  const t = useT();
  const { number } = useFormats();
  const includes = tier.includes.map(({ name }) => name).join(', ');

  return (
    <Flex
      tag="li"
      alignItems="stretch"
      background="neutral0"
      shadow="tableShadow"
      hasRadius
      overflow="hidden"
    >
      {showMove ? (
        <Flex
          direction="column"
          justifyContent="center"
          gap={1}
          padding={2}
          background="neutral100"
        >
          <QuietIconButton
            label={t('tiers.moveUp', { tier: tier.name })}
            variant="ghost"
            size="S"
            disabled={!onMoveUp}
            onClick={onMoveUp}
          >
            <ArrowUp />
          </QuietIconButton>
          <QuietIconButton
            label={t('tiers.moveDown', { tier: tier.name })}
            variant="ghost"
            size="S"
            disabled={!onMoveDown}
            onClick={onMoveDown}
          >
            <ArrowDown />
          </QuietIconButton>
        </Flex>
      ) : null}
      <Grid flex="1" minWidth={0} padding={{ initial: 4, medium: 5 }}>
        <Box minWidth={0}>
          <Flex gap={3} wrap="wrap">
            <Link tag={NavLink} to={`${BASE_PATH}/tiers/${tier.documentId}`}>
              <Typography variant="delta" fontWeight="bold" textColor="primary600">
                {tier.name}
              </Typography>
            </Link>
            {tier.sync.state === 'not-needed' ? null : (
              <TierSync tier={tier} canUpdate={canUpdate} />
            )}
          </Flex>
          <Typography variant="pi" textColor="neutral600" tag="p">
            {t(`tier.kind.${tier.kind}`)} · {tier.slug}
            {includes === '' ? '' : ` · ${t('tiers.includes', { tiers: includes })}`}
          </Typography>
        </Box>
        <Cell $order={2}>
          <PriceTags tier={tier} />
        </Cell>
        <Cell $order={3}>
          <Link tag={NavLink} to={`${BASE_PATH}/members?tier=${tier.documentId}`}>
            {t('tiers.members', { count: tier.members, shown: number(tier.members) })}
          </Link>
        </Cell>
        {canUpdate ? <TierActions tier={tier} /> : <span />}
      </Grid>
    </Flex>
  );
};
