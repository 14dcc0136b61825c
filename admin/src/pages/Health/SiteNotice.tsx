import { useState } from 'react';
import { useNotification } from '@strapi/strapi/admin';
import { Button, Flex } from '@strapi/design-system';

import type { SiteConfirmation, SiteState } from '../../../../contracts';
import { useNotifyProblem } from '../../api/errors';
import { useConfirmMembershipSiteMutation } from '../../api/health';
import { Confirm } from '../../components/Confirm';
import { Notice } from '../../components/Notice';
import { useCanUpdateHealth } from '../../lib/useAccess';
import { useT } from '../../translations/useT';

type Mails = SiteConfirmation['mails'];

/** A copied database waits for a person to say whether it is the site that moved, or a copy of it. */
export const SiteNotice = ({ site }: { site: SiteState }) => {
  const t = useT();
  const canUpdate = useCanUpdateHealth();
  const { toggleNotification } = useNotification();
  const notifyProblem = useNotifyProblem();
  const [confirmSite] = useConfirmMembershipSiteMutation();
  const [mails, setMails] = useState<Mails | null>(null);
  const home = site.before.url ?? site.before.account ?? '–';

  const confirm = async () => {
    if (mails === null) return;
    const result = await confirmSite({ mails });
    if ('error' in result) return notifyProblem(result.error);
    toggleNotification({ type: 'success', message: t('health.site.done') });
  };

  return (
    <Notice
      tone="warning"
      title={t('health.site.title')}
      actions={
        canUpdate ? (
          <Flex gap={2} wrap="wrap" paddingTop={1}>
            <Button variant="secondary" onClick={() => setMails('skip')}>
              {t('health.site.skip')}
            </Button>
            <Button variant="tertiary" onClick={() => setMails('send')}>
              {t('health.site.send')}
            </Button>
          </Flex>
        ) : undefined
      }
    >
      {t('health.site.body', { home })}
      <Confirm
        open={mails !== null}
        onClose={() => setMails(null)}
        title={mails === null ? '' : t(`health.site.${mails}`)}
        body={mails === null ? '' : t(`health.site.${mails}.body`)}
        onConfirm={confirm}
      />
    </Notice>
  );
};
