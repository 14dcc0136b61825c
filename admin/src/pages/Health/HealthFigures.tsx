import { Grid } from '@strapi/design-system';

import type { Health } from '../../../../contracts';
import { Figure } from '../../components/Figure';
import { useFormats } from '../../lib/useFormats';
import { useT } from '../../translations/useT';

const connectionOf = ({ configured, reachable }: Health['stripe']) =>
  !configured ? 'off' : reachable === false ? 'away' : 'on';

const TONES = { off: undefined, away: 'danger', on: 'success' } as const;

/** How it stands, in four figures. */
export const HealthFigures = ({ health }: { health: Health }) => {
  const t = useT();
  const { ago, moment, number } = useFormats();
  const { stripe, inbox, cursor, pace } = health;
  const connection = connectionOf(stripe);

  const figures = [
    {
      label: t('health.stripe'),
      value: t(`health.stripe.${connection}`),
      hint: stripe.error ?? t('health.stripe.hint', { version: stripe.apiVersion }),
      tone: TONES[connection],
      detail:
        pace.pausedUntil !== null
          ? t('health.stripe.paused', { moment: moment(pace.pausedUntil) })
          : stripe.mode === null
            ? undefined
            : t(`health.stripe.mode.${stripe.mode}`, { account: stripe.account ?? '–' }),
    },
    {
      label: t('health.waiting'),
      value: number(inbox.pending),
      hint: t('health.waiting.hint'),
      detail:
        inbox.oldestPendingAt === null
          ? t('health.waiting.none')
          : t('health.waiting.since', { moment: moment(inbox.oldestPendingAt) }),
    },
    {
      label: t('health.dead'),
      value: number(inbox.dead),
      hint: t('health.dead.hint'),
      tone: inbox.dead === 0 ? undefined : ('danger' as const),
      detail: inbox.dead === 0 ? t('health.dead.none') : t('health.dead.detail'),
    },
    {
      label: t('health.heard'),
      value: inbox.lastReceivedAt === null ? t('health.heard.never') : ago(inbox.lastReceivedAt),
      hint: t('health.heard.hint'),
      detail:
        cursor.polledAt === null ? undefined : t('health.heard.found', { count: cursor.found }),
    },
  ];

  return (
    <Grid.Root gap={4}>
      {figures.map((figure) => (
        <Grid.Item key={figure.label} col={3} s={6} xs={6} direction="column" alignItems="stretch">
          <Figure {...figure} />
        </Grid.Item>
      ))}
    </Grid.Root>
  );
};
