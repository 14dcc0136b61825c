import type { TierChoice } from '../../../contracts';
import { VisibilityField } from '../components/VisibilityField';
import { useT } from '../translations/useT';
import type { RuleDraft } from './ruleDraft';
import { TierPicker } from './TierPicker';
import { TimingFields } from './TimingFields';

interface RuleFormProps {
  draft: RuleDraft;
  tiers: readonly TierChoice[];
  disabled: boolean;
  /** `typed`: more may follow at once. */
  onChange: (next: RuleDraft, typed?: boolean) => void;
}

/** Who can read an entry, and when. */
export const RuleForm = ({ draft, tiers, disabled, onChange }: RuleFormProps) => {
  const t = useT();
  return (
    <>
      <VisibilityField
        label={t('access.question')}
        value={draft.visibility}
        disabled={disabled}
        onChange={(visibility) => onChange({ ...draft, visibility })}
      />
      {draft.visibility === 'tiers' ? (
        <TierPicker
          tiers={tiers}
          chosen={draft.tiers}
          disabled={disabled}
          onChange={(chosen) => onChange({ ...draft, tiers: chosen })}
        />
      ) : null}
      {draft.visibility === 'public' ? null : (
        <TimingFields draft={draft} disabled={disabled} onChange={onChange} />
      )}
    </>
  );
};
