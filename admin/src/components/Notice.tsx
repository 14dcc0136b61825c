import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { Information, WarningCircle } from '@strapi/icons';

const TONES = {
  danger: { Icon: WarningCircle, role: 'alert' },
  warning: { Icon: WarningCircle, role: 'status' },
  secondary: { Icon: Information, role: 'status' },
} as const;

interface NoticeProps {
  tone: keyof typeof TONES;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}

/** Something to know before everything else on a page, and what can be done about it. */
export const Notice = ({ tone, title, children, actions }: NoticeProps) => {
  const { Icon, role } = TONES[tone];
  return (
    <Flex
      role={role}
      alignItems="flex-start"
      gap={3}
      padding={4}
      background={`${tone}100`}
      borderColor={`${tone}200`}
      hasRadius
    >
      <Box paddingTop={1} shrink={0}>
        <Icon aria-hidden fill={`${tone}600`} />
      </Box>
      <Flex direction="column" alignItems="flex-start" gap={2} minWidth={0}>
        <Typography fontWeight="bold" textColor="neutral800">
          {title}
        </Typography>
        {children === undefined ? null : (
          <Typography tag="div" textColor="neutral700" style={{ overflowWrap: 'anywhere' }}>
            {children}
          </Typography>
        )}
        {actions}
      </Flex>
    </Flex>
  );
};
