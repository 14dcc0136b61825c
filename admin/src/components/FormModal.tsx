import type { FormEvent, ReactNode } from 'react';
import { Button, Flex, Modal } from '@strapi/design-system';

import { useT } from '../translations/useT';

interface FormModalProps {
  title: string;
  submitLabel: string;
  isSaving: boolean;
  onSubmit: () => unknown;
  onClose: () => void;
  children: ReactNode;
}

/** A form in a modal: Enter sends it, Escape leaves it. */
export const FormModal = ({
  title,
  submitLabel,
  isSaving,
  onSubmit,
  onClose,
  children,
}: FormModalProps) => {
  const t = useT();
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    // React bubbles through portals: a form around the modal must not be sent with it.
    event.stopPropagation();
    onSubmit();
  };

  return (
    <Modal.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Modal.Content style={{ maxWidth: '56rem' }}>
        <form onSubmit={handleSubmit} noValidate>
          <Modal.Header closeLabel={t('action.close')}>
            <Modal.Title>{title}</Modal.Title>
          </Modal.Header>
          <Modal.Body>
            <Flex direction="column" alignItems="stretch" gap={5}>
              {children}
            </Flex>
          </Modal.Body>
          <Modal.Footer>
            <Button type="button" variant="tertiary" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={isSaving}>
              {submitLabel}
            </Button>
          </Modal.Footer>
        </form>
      </Modal.Content>
    </Modal.Root>
  );
};
