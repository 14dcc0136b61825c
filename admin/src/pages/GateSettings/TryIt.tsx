import { useClipboard, useNotification } from '@strapi/strapi/admin';
import { Box, Flex, IconButton, Typography } from '@strapi/design-system';
import { Duplicate } from '@strapi/icons';
import { styled } from 'styled-components';

import type { GatedTypeReport } from '../../../../contracts';
import { useT } from '../../translations/useT';

const Line = styled(Box)`
  overflow-x: auto;
  white-space: pre;
`;

/** A command that asks for a real locked entry as a visitor does, and what its answer must not hold. */
export const TryIt = ({ type }: { type: GatedTypeReport }) => {
  const t = useT();
  const { copy } = useClipboard();
  const { toggleNotification } = useNotification();
  if (type.lockedUrl === null) {
    return <Typography textColor="neutral600">{t('gate.try.none')}</Typography>;
  }
  const command = `curl -s '${type.lockedUrl}'`;
  const handleCopy = async () => {
    const done = await copy(command);
    toggleNotification(
      done
        ? { type: 'success', message: t('gate.try.copied') }
        : { type: 'danger', message: t('error.unknown') }
    );
  };

  return (
    <Flex direction="column" alignItems="stretch" gap={2} paddingTop={1}>
      <Flex
        gap={2}
        background="neutral100"
        borderColor="neutral200"
        hasRadius
        paddingLeft={3}
        paddingRight={1}
        paddingTop={1}
        paddingBottom={1}
      >
        <Line tag="code" flex="1" minWidth={0} tabIndex={0}>
          <Typography variant="pi" textColor="neutral800">
            {command}
          </Typography>
        </Line>
        <IconButton label={t('gate.try.copy')} variant="ghost" onClick={() => void handleCopy()}>
          <Duplicate />
        </IconButton>
      </Flex>
      <Typography variant="pi" textColor="neutral600">
        {t('gate.try.look', {
          fields: type.fields
            .filter(({ access, paywall }) => access === 'protected' && !paywall)
            .map(({ name }) => name)
            .join(', '),
          marked: type.fields
            .filter(({ paywall }) => paywall)
            .map(({ name }) => name)
            .join(', '),
        })}
      </Typography>
    </Flex>
  );
};
