import type { ReactNode } from 'react';
import { Button, EmptyStateLayout, Flex, Loader, Typography } from '@strapi/design-system';
import { ArrowClockwise, WarningCircle } from '@strapi/icons';
import { EmptyDocuments } from '@strapi/icons/symbols';

import { useT } from '../translations/useT';

export const Loading = () => {
  const t = useT();
  return (
    <Flex justifyContent="center" padding={10} aria-busy>
      <Loader>{t('state.loading')}</Loader>
    </Flex>
  );
};

interface EmptyProps {
  content: string;
  action?: ReactNode;
  icon?: ReactNode;
}

export const Empty = ({ content, action, icon = <EmptyDocuments width="16rem" /> }: EmptyProps) => (
  <EmptyStateLayout content={content} action={action} icon={icon} hasRadius shadow="tableShadow" />
);

/** For the inside of a panel: one quiet line. */
export const EmptyLine = ({ children }: { children: ReactNode }) => (
  <Flex justifyContent="center" paddingTop={4} paddingBottom={7} paddingLeft={4} paddingRight={4}>
    <Typography textColor="neutral600" textAlign="center">
      {children}
    </Typography>
  </Flex>
);

interface FailedProps {
  message?: string;
  onRetry: () => unknown;
}

export const Failed = ({ message, onRetry }: FailedProps) => {
  const t = useT();
  return (
    <Flex role="alert" width="100%" direction="column" alignItems="stretch">
      <Empty
        icon={<WarningCircle width="5.6rem" height="5.6rem" fill="danger600" />}
        content={message ?? t('state.failed')}
        action={
          <Button variant="secondary" startIcon={<ArrowClockwise />} onClick={onRetry}>
            {t('action.retry')}
          </Button>
        }
      />
    </Flex>
  );
};
