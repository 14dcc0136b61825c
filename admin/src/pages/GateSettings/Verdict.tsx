import { Box, Flex, Typography } from '@strapi/design-system';
import { CheckCircle, WarningCircle } from '@strapi/icons';

import type { GateCheck } from '../../../../contracts';
import { useFormats } from '../../lib/useFormats';
import { useT } from '../../translations/useT';
import { outcomeOf } from './outcomes';

/** The answer first: one sentence, before any row. */
export const Verdict = ({ check: { checkedAt, types } }: { check: GateCheck }) => {
  const t = useT();
  const { moment } = useFormats();
  const leaking = types.filter((type) => outcomeOf(type) === 'leaks').length;
  const failing = types.filter((type) => outcomeOf(type) === 'failed').length;
  const entries = types.reduce((sum, type) => sum + type.entries, 0);
  const tone = leaking > 0 ? 'danger' : failing > 0 || entries === 0 ? 'warning' : 'success';

  const title =
    leaking > 0
      ? t('gate.check.leaking', { count: leaking })
      : failing > 0
        ? t('gate.check.failing', { count: failing })
        : entries === 0
          ? t('gate.check.nothing')
          : t('gate.check.clean');
  const body =
    leaking > 0
      ? t('gate.check.leaking.body')
      : t('gate.check.asked', { entries, moment: moment(checkedAt) });
  const Icon = tone === 'success' ? CheckCircle : WarningCircle;

  return (
    <Flex
      role="status"
      alignItems="flex-start"
      gap={3}
      background={`${tone}100`}
      paddingTop={4}
      paddingBottom={4}
      paddingLeft={{ initial: 4, medium: 6 }}
      paddingRight={{ initial: 4, medium: 6 }}
    >
      <Box paddingTop={1}>
        <Icon aria-hidden fill={`${tone}600`} />
      </Box>
      <Flex direction="column" alignItems="flex-start" gap={1}>
        <Typography fontWeight="bold" textColor={`${tone}700`}>
          {title}
        </Typography>
        <Typography textColor="neutral800">{body}</Typography>
      </Flex>
    </Flex>
  );
};
