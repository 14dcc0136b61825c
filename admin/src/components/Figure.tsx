import { Flex, Typography } from '@strapi/design-system';

import { InfoHint } from './InfoHint';

interface FigureProps {
  label: string;
  value: string;
  /** The formula, with this figure's own numbers where that helps. */
  hint: string;
  detail?: string;
}

/** One number with its name and how it is reckoned. */
export const Figure = ({ label, value, hint, detail }: FigureProps) => (
  <Flex
    direction="column"
    alignItems="flex-start"
    gap={1}
    padding={5}
    height="100%"
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
    <Typography variant="alpha" tag="p">
      {value}
    </Typography>
    {detail === undefined ? null : (
      <Typography variant="pi" textColor="neutral600">
        {detail}
      </Typography>
    )}
  </Flex>
);
