import { Box, Button, Typography } from '@strapi/design-system';
import { Shield } from '@strapi/icons';

import { useCheckMembershipGateMutation } from '../../api/gate';
import { useNotifyProblem } from '../../api/errors';
import { Panel } from '../../components/Panel';
import { useT } from '../../translations/useT';
import { CheckResult } from './CheckResult';
import { Verdict } from './Verdict';

/** The site asks itself as a visitor: what no test of the gate alone can tell. */
export const CheckPanel = () => {
  const t = useT();
  const notifyProblem = useNotifyProblem();
  const [check, { data, isLoading }] = useCheckMembershipGateMutation();
  const handleCheck = async () => {
    const result = await check();
    if ('error' in result) notifyProblem(result.error);
  };

  return (
    <Panel
      title={t('gate.check')}
      flush={data !== undefined}
      actions={
        <Button startIcon={<Shield />} loading={isLoading} onClick={() => void handleCheck()}>
          {t('gate.check.now')}
        </Button>
      }
    >
      <Box
        paddingLeft={data ? { initial: 4, medium: 6 } : 0}
        paddingRight={data ? { initial: 4, medium: 6 } : 0}
        paddingBottom={data ? 5 : 0}
        maxWidth="84rem"
      >
        <Typography textColor="neutral600">{t('gate.check.intro')}</Typography>
      </Box>
      {data ? (
        <>
          <Verdict check={data.data} />
          <CheckResult types={data.data.types} />
        </>
      ) : null}
    </Panel>
  );
};
