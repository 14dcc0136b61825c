import { useState } from 'react';
import { Button, Checkbox, Dialog, Field, Flex, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';

import { useT } from '../translations/useT';
import type { InputProps } from './forms';
import { useOpening, type Opening } from './useOpening';

interface GatedProps extends InputProps<boolean> {
  /** Of the type; absent while it is being created. */
  targetUid?: string;
}

interface OpenTypeProps {
  opening: Opening;
  onClose: () => void;
  onOpen: () => void;
}

/** Says what becomes public before it does. */
const OpenType = ({ opening, onClose, onOpen }: OpenTypeProps) => {
  const t = useT();
  return (
    <Dialog.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Dialog.Content>
        <Dialog.Header>{t('builder.open.title')}</Dialog.Header>
        <Dialog.Body>
          <Flex direction="column" gap={3} aria-busy={opening.isLoading}>
            <WarningCircle aria-hidden fill="danger600" width="2.4rem" height="2.4rem" />
            <Typography textAlign="center" fontWeight="semiBold">
              {opening.entries === null
                ? t('builder.open.unknown')
                : t('builder.open.entries', { count: opening.entries, own: opening.own })}
            </Typography>
            <Typography textAlign="center">{t('builder.open.kept')}</Typography>
          </Flex>
        </Dialog.Body>
        <Dialog.Footer>
          <Button fullWidth variant="tertiary" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button fullWidth variant="danger-light" onClick={onOpen} disabled={opening.isLoading}>
            {t('builder.open.confirm')}
          </Button>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
};

/** “Members-only content”, in a type's advanced settings. */
export const GatedCheckbox = ({ name, value, onChange, isCreating, targetUid }: GatedProps) => {
  const t = useT();
  const [isAsking, setIsAsking] = useState(false);
  const opening = useOpening(isCreating ? undefined : targetUid, value === true);
  const set = (gated: boolean) => onChange({ target: { name, value: gated } });

  const handleChange = (ticked: boolean) => {
    // Nothing is locked by a gate that was never saved, so nothing becomes public.
    if (ticked || isCreating || opening.isUnsaved) set(ticked);
    else setIsAsking(true);
  };

  return (
    <>
      <Field.Root name={name} hint={t('builder.gated.hint')}>
        <Checkbox
          checked={value === true}
          onCheckedChange={(ticked) => handleChange(ticked === true)}
        >
          {t('builder.gated')}
        </Checkbox>
        <Field.Hint />
      </Field.Root>
      {isAsking ? (
        <OpenType
          opening={opening}
          onClose={() => setIsAsking(false)}
          onOpen={() => {
            set(false);
            setIsAsking(false);
          }}
        />
      ) : null}
    </>
  );
};
