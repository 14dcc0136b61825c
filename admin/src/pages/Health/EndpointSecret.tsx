import { Button, Flex, Modal, Typography } from '@strapi/design-system';
import { Duplicate } from '@strapi/icons';
import { useClipboard, useNotification } from '@strapi/strapi/admin';

import { Code } from '../../components/Code';
import { useT } from '../../translations/useT';

/** The signing secret of a new endpoint: Stripe says it once, and we keep it nowhere. */
export const EndpointSecret = ({ secret, onClose }: { secret: string; onClose: () => void }) => {
  const t = useT();
  const { copy } = useClipboard();
  const { toggleNotification } = useNotification();
  const handleCopy = async () => {
    const copied = await copy(secret);
    if (copied) toggleNotification({ type: 'success', message: t('health.secret.copied') });
  };

  return (
    <Modal.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Modal.Content style={{ maxWidth: '60rem' }}>
        <Modal.Header closeLabel={t('action.close')}>
          <Modal.Title>{t('health.secret.title')}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Flex direction="column" alignItems="flex-start" gap={4}>
            <Typography>{t('health.secret.body')}</Typography>
            <Code>STRIPE_WEBHOOK_SECRET={secret}</Code>
          </Flex>
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" startIcon={<Duplicate />} onClick={() => void handleCopy()}>
            {t('health.secret.copy')}
          </Button>
          <Button onClick={onClose}>{t('health.secret.kept')}</Button>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
};
