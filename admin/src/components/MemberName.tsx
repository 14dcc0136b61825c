import { Box, Flex, Link, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';

import type { MemberRow } from '../../../contracts';
import { BASE_PATH } from '../pluginId';
import { useT } from '../translations/useT';

const initialsOf = (label: string) =>
  label
    .split(/[\s.@_-]+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');

/** The link of a row: the row itself is clickable too, but only this is reached by keyboard. */
export const MemberName = ({ member }: { member: MemberRow }) => {
  const t = useT();
  const title = member.name ?? member.email ?? member.user?.username ?? t('member.unnamed');
  return (
    <Flex gap={3} minWidth={0}>
      <Flex
        aria-hidden
        justifyContent="center"
        width="3.6rem"
        height="3.6rem"
        shrink={0}
        background="primary100"
        borderRadius="50%"
      >
        <Typography variant="pi" fontWeight="bold" textColor="primary600">
          {initialsOf(title)}
        </Typography>
      </Flex>
      <Box minWidth={0}>
        <Link
          tag={NavLink}
          to={`${BASE_PATH}/members/${member.documentId}`}
          onClick={(event) => event.stopPropagation()}
        >
          <Typography fontWeight="semiBold" textColor="inherit">
            {title}
          </Typography>
        </Link>
        {member.email === null || member.email === title ? null : (
          <Typography tag="p" variant="pi" textColor="neutral600" ellipsis>
            {member.email}
          </Typography>
        )}
      </Box>
    </Flex>
  );
};
