import { Box, Flex, Typography } from '@strapi/design-system';

import type { SubscriptionRow } from '../../../../contracts';
import { DataTable, type Column } from '../../components/DataTable';
import { Panel } from '../../components/Panel';
import { EmptyLine } from '../../components/States';
import { Pill } from '../../components/Pill';
import { StripeLink } from '../../components/StripeLink';
import { exponentOf } from '../../lib/money';
import { useFormats } from '../../lib/useFormats';
import { useIntervalText } from '../../lib/useIntervalText';
import { useOpenT, useT } from '../../translations/useT';

const VARIANTS: Record<string, 'success' | 'secondary' | 'warning' | 'neutral'> = {
  active: 'success',
  trialing: 'secondary',
  past_due: 'warning',
  unpaid: 'warning',
  incomplete: 'warning',
};

const Items = ({ subscription }: { subscription: SubscriptionRow }) => {
  const t = useT();
  const { money } = useFormats();
  const intervalText = useIntervalText();
  const { currency } = subscription;
  return (
    <Flex direction="column" alignItems="flex-start" gap={1}>
      {subscription.items.map((item, index) => (
        <Box key={index}>
          <Typography fontWeight="semiBold" tag="p">
            {item.tier?.name ?? t('subscription.tier.unknown')}
            {item.quantity === 1 ? '' : ` × ${item.quantity}`}
          </Typography>
          {item.amount === null || currency === null ? null : (
            <Typography variant="pi" textColor="neutral600" tag="p">
              {money(item.amount, currency, exponentOf(currency))}{' '}
              {intervalText(item.interval, item.intervalCount ?? 1)}
            </Typography>
          )}
        </Box>
      ))}
    </Flex>
  );
};

export const SubscriptionsPanel = ({ subscriptions }: { subscriptions: SubscriptionRow[] }) => {
  const t = useT();
  const openT = useOpenT();
  const { day } = useFormats();

  /** What happens next, in one phrase: the date that matters in this state. */
  const next = (row: SubscriptionRow): string => {
    const end = row.cancelAt ?? (row.cancelAtPeriodEnd ? row.currentPeriodEnd : null);
    if (row.endedAt !== null) return t('subscription.endedAt', { date: day(row.endedAt) });
    if (end !== null) return t('subscription.cancelAt', { date: day(end) });
    if (row.status === 'trialing' && row.trialEnd !== null) {
      return t('subscription.trialEnd', { date: day(row.trialEnd) });
    }
    if (row.currentPeriodEnd === null) return '–';
    return t(row.status === 'active' ? 'subscription.renews' : 'subscription.periodEnd', {
      date: day(row.currentPeriodEnd),
    });
  };

  const columns: Column<SubscriptionRow>[] = [
    {
      id: 'items',
      label: t('subscription.items'),
      hint: t('subscription.items.hint'),
      primary: true,
      cell: (row) => <Items subscription={row} />,
    },
    {
      id: 'status',
      label: t('members.column.status'),
      cell: ({ status, withheld }) => (
        <Box>
          <Pill
            variant={VARIANTS[status] ?? 'neutral'}
            label={openT(`subscription.status.${status}`) ?? status}
          />
          {withheld === null || withheld === 'ended' ? null : (
            <Typography variant="pi" textColor="danger600" tag="p">
              {t(`subscription.withheld.${withheld}`)}
            </Typography>
          )}
        </Box>
      ),
    },
    {
      id: 'next',
      label: t('subscription.next'),
      cell: (row) => <Typography>{next(row)}</Typography>,
    },
    {
      id: 'stripe',
      label: t('subscription.stripe'),
      cell: ({ stripeId, livemode }) => (
        <StripeLink kind="subscriptions" stripeId={stripeId} livemode={livemode} />
      ),
    },
  ];

  return (
    <Panel title={t('subscriptions.title')} hint={t('subscriptions.hint')} flush>
      {subscriptions.length === 0 ? (
        <EmptyLine>{t('subscriptions.empty')}</EmptyLine>
      ) : (
        <DataTable
          label={t('subscriptions.title')}
          columns={columns}
          rows={subscriptions}
          rowKey={({ documentId }) => documentId}
        />
      )}
    </Panel>
  );
};
