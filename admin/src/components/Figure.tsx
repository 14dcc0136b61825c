import { Flex, Typography } from '@strapi/design-system';

import { InfoHint } from './InfoHint';

interface FigureProps {
  label: string;
  value: string;
  /** The formula, with this figure's own numbers where that helps. */
  hint: string;
  detail?: string;
  /** What is wrong stands out; a plain number does not. */
  tone?: 'success' | 'warning' | 'danger';
}

/** Words are longer than numbers: they are set smaller, to stay on one line. */
const isNumber = (value: string): boolean => !/\p{L}{2}/u.test(value);

/** One number with its name and how it is reckoned. */
export const Figure = ({ label, value, hint, detail, tone }: FigureProps) => (
  <Flex
    direction="column"
    alignItems="flex-start"
    gap={1}
    padding={{ initial: 4, medium: 5 }}
    height="100%"
    minWidth={0}
    background="neutral0"
    shadow="tableShadow"
    hasRadius
  >
    <Flex gap={1}>
      <Typography variant="pi" textColor="neutral600" fontWeight="semiBold">
        {label}
      </Typography>
      <InfoHint label={hint} />
    </Flex>
    <Typography
      variant={isNumber(value) ? 'alpha' : 'beta'}
      tag="p"
      lineHeight="3.6rem"
      textColor={tone === undefined ? 'neutral800' : `${tone}600`}
    >
      {value}
    </Typography>
    {detail === undefined ? null : (
      <Typography variant="pi" textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>
        {detail}
      </Typography>
    )}
  </Flex>
);
