import { useState } from 'react';
import { useNotification } from '@strapi/strapi/admin';
import { Button, Flex } from '@strapi/design-system';

import type { EndpointWarningCode, Health } from '../../../../contracts';
import { useNotifyProblem } from '../../api/errors';
import { useRepairMembershipEndpointMutation } from '../../api/health';
import { Code } from '../../components/Code';
import { Facts } from '../../components/Facts';
import { Notice } from '../../components/Notice';
import { Panel } from '../../components/Panel';
import { useCanUpdateHealth } from '../../lib/useAccess';
import { useOpenT, useT } from '../../translations/useT';
import { EndpointSecret } from './EndpointSecret';
import { TrafficTable } from './TrafficTable';

/** What one click can mend. */
const MENDABLE: readonly EndpointWarningCode[] = [
  'not-registered',
  'disabled',
  'version-mismatch',
  'events-missing',
];

/** The webhook endpoint in Stripe: where events should go, where they go, and what is wrong. */
export const EndpointPanel = ({ health }: { health: Health }) => {
  const t = useT();
  const openT = useOpenT();
  const canUpdate = useCanUpdateHealth();
  const { toggleNotification } = useNotification();
  const notifyProblem = useNotifyProblem();
  const [repair, { isLoading }] = useRepairMembershipEndpointMutation();
  const [secret, setSecret] = useState<string | null>(null);
  const [showsTraffic, setShowsTraffic] = useState(false);
  const { url, registered, warnings } = health.endpoint;
  // Missing keys are said at the top of the page.
  const shown = warnings.filter(({ code }) => !['key-missing', 'secret-missing'].includes(code));
  const isMendable = url !== null && warnings.some(({ code }) => MENDABLE.includes(code));

  const handleRepair = async () => {
    const result = await repair();
    if ('error' in result) return notifyProblem(result.error);
    const { action, secret: made } = result.data.data;
    setSecret(made);
    if (made === null) {
      toggleNotification({ type: 'success', message: t(`health.endpoint.${action}`) });
    }
  };

  return (
    <Panel
      title={t('health.endpoint')}
      hint={t('health.endpoint.hint')}
      actions={
        <Flex gap={2} wrap="wrap">
          {health.stripe.configured ? (
            <Button variant="tertiary" onClick={() => setShowsTraffic(!showsTraffic)}>
              {t(showsTraffic ? 'health.traffic.hide' : 'health.traffic.show')}
            </Button>
          ) : null}
          {canUpdate && isMendable ? (
            <Button loading={isLoading} onClick={() => void handleRepair()}>
              {t(registered === null ? 'health.endpoint.register' : 'health.endpoint.mend')}
            </Button>
          ) : null}
        </Flex>
      }
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        {shown.map(({ code, message }) => (
          <Notice key={code} tone="warning" title={openT(`health.warning.${code}`) ?? message}>
            {openT(`health.warning.${code}`) === null ? undefined : message}
          </Notice>
        ))}
        <Facts
          facts={[
            {
              label: t('health.endpoint.url'),
              value: url === null ? t('health.endpoint.noUrl') : <Code>{url}</Code>,
            },
            {
              label: t('health.endpoint.state'),
              value:
                registered === null
                  ? t(health.stripe.reachable ? 'health.endpoint.none' : 'health.endpoint.unknown')
                  : t(`health.endpoint.${registered.status}`, {
                      version: registered.apiVersion ?? t('health.endpoint.defaultVersion'),
                    }),
            },
          ]}
        />
        {showsTraffic ? <TrafficTable /> : null}
      </Flex>
      {secret === null ? null : <EndpointSecret secret={secret} onClose={() => setSecret(null)} />}
    </Panel>
  );
};
