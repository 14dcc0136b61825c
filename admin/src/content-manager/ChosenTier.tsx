import { Box, Flex, Typography } from '@strapi/design-system';
import { Cross } from '@strapi/icons';

import { QuietIconButton } from '../components/QuietIconButton';
import { useT } from '../translations/useT';

interface ChosenTierProps {
  name: string;
  disabled: boolean;
  onRemove: () => void;
}

/** One of the tiers that open an entry, however long its name. */
export const ChosenTier = ({ name, disabled, onRemove }: ChosenTierProps) => {
  const t = useT();
  return (
    <Flex
      tag="li"
      gap={1}
      justifyContent="space-between"
      paddingLeft={3}
      paddingRight={1}
      background="primary100"
      borderColor="primary200"
      hasRadius
    >
      <Box minWidth={0} paddingTop={1} paddingBottom={1} style={{ overflowWrap: 'anywhere' }}>
        <Typography variant="pi" fontWeight="semiBold" textColor="primary700">
          {name}
        </Typography>
      </Box>
      {disabled ? null : (
        <QuietIconButton
          variant="ghost"
          size="XS"
          label={t('access.tiers.remove', { tier: name })}
          onClick={onRemove}
        >
          <Cross />
        </QuietIconButton>
      )}
    </Flex>
  );
};
