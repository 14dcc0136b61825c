import { useEffect, useRef } from 'react';
import { Flex, Typography } from '@strapi/design-system';
import { Stethoscope, PriceTag, TrendUp, User } from '@strapi/icons';
import { NavLink, useLocation } from 'react-router-dom';
import { styled } from 'styled-components';

import type { Access } from '../lib/useAccess';
import { BASE_PATH } from '../pluginId';
import { useT } from '../translations/useT';

const Bar = styled(Flex)`
  overflow-x: auto;
  scrollbar-width: none;
`;

const Tab = styled(NavLink)`
  display: flex;
  align-items: center;
  gap: ${({ theme }) => theme.spaces[2]};
  padding: ${({ theme }) => `${theme.spaces[4]} ${theme.spaces[3]}`};
  border-bottom: 2px solid transparent;
  margin-bottom: -1px;
  color: ${({ theme }) => theme.colors.neutral600};
  text-decoration: none;
  white-space: nowrap;

  svg {
    width: 1.6rem;
    height: 1.6rem;
  }

  span {
    color: inherit;
  }

  &:hover {
    color: ${({ theme }) => theme.colors.primary700};
  }

  &.active {
    border-bottom-color: ${({ theme }) => theme.colors.primary600};
    color: ${({ theme }) => theme.colors.primary600};
  }

  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -2px;
  }
`;

/** The pages of the plugin; one the user may not open is not shown. A new page is one more row. */
export const PageNav = ({ access }: { access: Access }) => {
  const t = useT();
  const bar = useRef<HTMLDivElement>(null);
  const { pathname } = useLocation();

  // On a phone the bar is wider than the screen: the page one is on comes into view.
  useEffect(() => {
    const tab = bar.current?.querySelector('[aria-current="page"]');
    tab?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname]);

  const pages = [
    { to: 'members', label: t('members.title'), icon: <User aria-hidden />, show: access.members },
    { to: 'tiers', label: t('tiers.title'), icon: <PriceTag aria-hidden />, show: access.tiers },
    { to: 'churn', label: t('churn.title'), icon: <TrendUp aria-hidden />, show: access.churn },
    {
      to: 'health',
      label: t('health.title'),
      icon: <Stethoscope aria-hidden />,
      show: access.health,
    },
  ];

  return (
    <Bar
      ref={bar}
      tag="nav"
      aria-label={t('nav.label')}
      background="neutral0"
      gap={3}
      paddingLeft={{ initial: 2, medium: 4, large: 8 }}
      paddingRight={{ initial: 2, medium: 4, large: 8 }}
      borderStyle="solid"
      borderWidth="0 0 1px 0"
      borderColor="neutral150"
    >
      {pages
        .filter(({ show }) => show)
        .map(({ to, label, icon }) => (
          <Tab key={to} to={`${BASE_PATH}/${to}`}>
            {icon}
            <Typography tag="span" fontWeight="semiBold">
              {label}
            </Typography>
          </Tab>
        ))}
    </Bar>
  );
};
