import { Box, Flex, Loader, TextButton, Typography } from '@strapi/design-system';
import { Check } from '@strapi/icons';

import { useT } from '../translations/useT';
import type { SaveState } from './useSavedRule';

interface SaveStatusProps {
  state: SaveState;
  problem: string | null;
  onRetry: () => void;
}

/** Whether the choice has reached the server; read out as it changes. */
export const SaveStatus = ({ state, problem, onRetry }: SaveStatusProps) => {
  const t = useT();
  return (
    <Box
      width="100%"
      role="status"
      aria-live="polite"
      position={state === 'idle' ? 'absolute' : 'static'}
    >
      {state === 'saving' ? (
        <Flex gap={2}>
          <Loader small />
          <Typography variant="pi" textColor="neutral600">
            {t('access.saving')}
          </Typography>
        </Flex>
      ) : null}
      {state === 'saved' ? (
        <Flex gap={2}>
          <Check fill="success600" width="1.2rem" height="1.2rem" aria-hidden />
          <Typography variant="pi" textColor="success600">
            {t('access.saved')}
          </Typography>
        </Flex>
      ) : null}
      {state === 'failed' ? (
        <Flex direction="column" alignItems="flex-start" gap={1}>
          <Typography variant="pi" textColor="danger600">
            {t('access.failed', { reason: problem ?? '' })}
          </Typography>
          <TextButton onClick={onRetry}>{t('action.retry')}</TextButton>
        </Flex>
      ) : null}
    </Box>
  );
};
