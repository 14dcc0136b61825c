import { Box, Status, Tooltip, Typography, type StatusVariant } from '@strapi/design-system';

interface PillProps {
  label: string;
  variant: StatusVariant;
  /** What the word means here; reached by mouse and by keyboard. */
  hint?: string;
}

/** A state in one word. */
export const Pill = ({ label, variant, hint }: PillProps) => {
  const status = (
    <Status variant={variant} size="S" display="inline-flex">
      <Typography tag="span" variant="pi" fontWeight="bold">
        {label}
      </Typography>
    </Status>
  );
  if (hint === undefined) return status;
  return (
    <Tooltip label={hint}>
      <Box
        tag="span"
        display="inline-flex"
        hasRadius
        tabIndex={0}
        aria-label={`${label}: ${hint}`}
        role="img"
      >
        {status}
      </Box>
    </Tooltip>
  );
};
