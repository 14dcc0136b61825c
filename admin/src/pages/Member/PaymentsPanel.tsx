import { useState } from 'react';
import { Box, Button, Flex, Link, Typography } from '@strapi/design-system';

import type { PaymentRow } from '../../../../contracts';
import { DataTable, type Column } from '../../components/DataTable';
import { Panel } from '../../components/Panel';
import { Pill } from '../../components/Pill';
import { EmptyLine } from '../../components/States';
import { useFormats } from '../../lib/useFormats';
import { useOpenT, useT } from '../../translations/useT';

const VARIANTS: Record<string, 'success' | 'warning' | 'danger' | 'neutral'> = {
  paid: 'success',
  open: 'warning',
  uncollectible: 'danger',
};

const isOpen = ({ status }: NonNullable<PaymentRow['dispute']>): boolean =>
  status !== 'won' && status !== 'lost' && status !== 'prevented' && status !== 'warning_closed';

/** A year of monthly payments; older ones are asked for. */
const FIRST = 12;

export const PaymentsPanel = ({ payments }: { payments: PaymentRow[] }) => {
  const t = useT();
  const openT = useOpenT();
  const { day, money } = useFormats();
  const [showsAll, setShowsAll] = useState(false);
  const isCut = !showsAll && payments.length > FIRST;

  const columns: Column<PaymentRow>[] = [
    {
      id: 'number',
      label: t('payment.number'),
      primary: true,
      cell: ({ number, stripeId, hostedInvoiceUrl }) =>
        hostedInvoiceUrl === null ? (
          <Typography>{number ?? stripeId}</Typography>
        ) : (
          <Link isExternal href={hostedInvoiceUrl}>
            {number ?? stripeId}
          </Link>
        ),
    },
    {
      id: 'created',
      label: t('payment.created'),
      cell: ({ created }) => <Typography>{day(created)}</Typography>,
    },
    {
      id: 'status',
      label: t('members.column.status'),
      cell: ({ status, attemptCount, nextPaymentAttempt, dispute }) => (
        <Box>
          <Pill
            variant={VARIANTS[status] ?? 'neutral'}
            label={openT(`payment.status.${status}`) ?? status}
          />
          {nextPaymentAttempt === null ? null : (
            <Typography variant="pi" textColor="neutral600" tag="p">
              {t('payment.retry', { count: attemptCount, date: day(nextPaymentAttempt) })}
            </Typography>
          )}
          {dispute === null ? null : (
            <Typography
              variant="pi"
              textColor={isOpen(dispute) ? 'danger600' : 'neutral600'}
              tag="p"
            >
              {t('payment.dispute', {
                status: openT(`payment.dispute.${dispute.status}`) ?? dispute.status,
              })}
              {isOpen(dispute) && dispute.evidenceDueBy !== null
                ? ` ${t('payment.dispute.due', { date: day(dispute.evidenceDueBy) })}`
                : ''}
            </Typography>
          )}
        </Box>
      ),
    },
    {
      id: 'amount',
      label: t('payment.amount'),
      hint: t('payment.amount.hint'),
      align: 'right',
      cell: ({ amountPaid, amountDue, amountRefunded, currency, exponent }) => (
        <Box>
          <Typography fontWeight="semiBold" tag="p">
            {money(amountPaid, currency, exponent)}
          </Typography>
          {amountPaid === amountDue ? null : (
            <Typography variant="pi" textColor="neutral600" tag="p">
              {t('payment.due', { amount: money(amountDue, currency, exponent) })}
            </Typography>
          )}
          {amountRefunded === 0 ? null : (
            <Typography variant="pi" textColor="neutral600" tag="p">
              {t('payment.refunded', { amount: money(amountRefunded, currency, exponent) })}
            </Typography>
          )}
        </Box>
      ),
    },
  ];

  return (
    <Panel title={t('payments.title')} hint={t('payments.hint')} flush>
      {payments.length === 0 ? (
        <EmptyLine>{t('payments.empty')}</EmptyLine>
      ) : (
        <>
          <DataTable
            label={t('payments.title')}
            columns={columns}
            rows={isCut ? payments.slice(0, FIRST) : payments}
            rowKey={({ documentId }) => documentId}
          />
          {isCut ? (
            <Flex justifyContent="center" padding={4}>
              <Button variant="tertiary" onClick={() => setShowsAll(true)}>
                {t('payments.showAll', { count: payments.length })}
              </Button>
            </Flex>
          ) : null}
        </>
      )}
    </Panel>
  );
};
