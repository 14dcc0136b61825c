import { Checkbox, Field } from '@strapi/design-system';

import { useT, type MessageKey } from '../translations/useT';
import type { InputProps } from './forms';
import { isBuilderType } from './guards';

interface TeaserProps extends InputProps<boolean> {
  /** The field as it is in the form. */
  modifiedData?: { name?: string; type?: string; private?: boolean };
  contentTypeSchema?: unknown;
}

/** `title` names an entry, or `name` where there is no such title (`docs/gating.md`). */
const isTitle = ({ modifiedData, contentTypeSchema }: TeaserProps): boolean => {
  const { name, type } = modifiedData ?? {};
  if (type !== 'string') return false;
  if (name !== 'name') return name === 'title';
  const fields = isBuilderType(contentTypeSchema) ? contentTypeSchema.attributes : [];
  return !fields.some(
    (field) => field.name === 'title' && field.type === 'string' && field.status !== 'REMOVED'
  );
};

/** Why there is nothing to choose; null where there is. */
const fixedBy = (props: TeaserProps): { ticked: boolean; hint: MessageKey } | null => {
  if (props.modifiedData?.type === 'uid') return { ticked: true, hint: 'builder.teaser.uid' };
  if (isTitle(props)) return { ticked: true, hint: 'builder.teaser.title' };
  if (props.modifiedData?.private) return { ticked: false, hint: 'builder.teaser.private' };
  return null;
};

/** “Teaser: visible to everyone”, on each field of a members-only type. */
export const TeaserCheckbox = (props: TeaserProps) => {
  const t = useT();
  const { name, value, onChange } = props;
  const fixed = fixedBy(props);
  return (
    <Field.Root name={name} hint={t(fixed?.hint ?? 'builder.teaser.hint')}>
      <Checkbox
        checked={fixed?.ticked ?? value === true}
        disabled={fixed !== null}
        onCheckedChange={(ticked) => onChange({ target: { name, value: ticked === true } })}
      >
        {t('builder.teaser')}
      </Checkbox>
      <Field.Hint />
    </Field.Root>
  );
};
