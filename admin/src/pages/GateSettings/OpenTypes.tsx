import { Box, Flex, Link as TextLink, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';

import type { OpenTypeReport } from '../../../../contracts';
import { Panel } from '../../components/Panel';
import { useT } from '../../translations/useT';
import { builderPathOf } from './builderPath';

const List = styled(Box)`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr));
  gap: ${({ theme }) => `${theme.spaces[3]} ${theme.spaces[6]}`};
`;

interface OpenTypesProps {
  types: OpenTypeReport[];
  developing: boolean;
}

/** What is not members-only, quietly, and how to change that. */
export const OpenTypes = ({ types, developing }: OpenTypesProps) => {
  const t = useT();
  return (
    <Panel title={t('gate.open')}>
      <Box paddingBottom={4}>
        <Typography textColor="neutral600">
          {t(developing ? 'gate.open.how' : 'gate.open.production')}
        </Typography>
      </Box>
      <List tag="ul">
        {types.map(({ uid, displayName, rules }) => (
          <Flex key={uid} tag="li" direction="column" alignItems="flex-start">
            {developing ? (
              <TextLink tag={Link} to={builderPathOf(uid)}>
                {displayName}
              </TextLink>
            ) : (
              <Typography>{displayName}</Typography>
            )}
            {rules === 0 ? null : (
              <Typography variant="pi" textColor="neutral600">
                {t('gate.open.kept', { count: rules })}
              </Typography>
            )}
          </Flex>
        ))}
      </List>
    </Panel>
  );
};
