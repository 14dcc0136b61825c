import { Box, Flex, Typography } from '@strapi/design-system';

interface ChartTooltipProps {
  title: string;
  facts: { label: string; value: string; strong?: boolean }[];
  /** Where it points, in pixels from the chart's left edge. */
  left: number;
  chartWidth: number;
}

const WIDTH = 200;
const GAP = 14;

/** Beside the month it speaks of, on the side with room; read out as it changes. */
export const ChartTooltip = ({ title, facts, left, chartWidth }: ChartTooltipProps) => {
  const fits = left + GAP + WIDTH < chartWidth;
  return (
    <Box
      role="status"
      position="absolute"
      top="3.2rem"
      left={`${Math.max(0, fits ? left + GAP : left - GAP - WIDTH)}px`}
      width={`${WIDTH}px`}
      padding={3}
      background="neutral0"
      borderColor="neutral200"
      shadow="popupShadow"
      hasRadius
      pointerEvents="none"
    >
      <Typography fontWeight="bold" textColor="neutral800" tag="p">
        {title}
      </Typography>
      {facts.map(({ label, value, strong = false }) => (
        <Flex key={label} justifyContent="space-between" gap={3} paddingTop={1}>
          <Typography variant="pi" textColor="neutral600">
            {label}
          </Typography>
          <Typography variant="pi" fontWeight={strong ? 'bold' : 'semiBold'} textColor="neutral800">
            {value}
          </Typography>
        </Flex>
      ))}
    </Box>
  );
};
