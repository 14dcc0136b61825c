import { Notice } from '../../components/Notice';
import { useT } from '../../translations/useT';

/** Nothing on this page holds while the gate is off: that is said before everything else. */
export const GateOff = () => {
  const t = useT();
  return (
    <Notice tone="danger" title={t('gate.off.title')}>
      {t('gate.off.body')}
    </Notice>
  );
};
