import { Badge, Flex } from '@strapi/design-system';

import type { MemberDetail } from '../../../../contracts';
import { Facts, type Fact } from '../../components/Facts';
import { Panel } from '../../components/Panel';
import { StripeLink } from '../../components/StripeLink';
import { TierBadges } from '../../components/TierBadges';
import { useFormats } from '../../lib/useFormats';
import { useT } from '../../translations/useT';

type Customer = MemberDetail['customers'][number];

const Customers = ({ customers }: { customers: Customer[] }) => {
  const t = useT();
  return (
    <Flex direction="column" alignItems="flex-start" gap={1}>
      {customers.map(({ stripeId, livemode, current }) => (
        <Flex key={stripeId} gap={2} wrap="wrap">
          <StripeLink kind="customers" stripeId={stripeId} livemode={livemode} />
          {livemode ? null : <Badge size="S">{t('sync.test')}</Badge>}
          {current ? null : <Badge size="S">{t('member.customer.former')}</Badge>}
        </Flex>
      ))}
    </Flex>
  );
};

export const MemberCard = ({ member }: { member: MemberDetail }) => {
  const t = useT();
  const { day, moment } = useFormats();

  const facts: Fact[] = [
    { label: t('members.column.tiers'), value: <TierBadges tiers={member.tiers} /> },
    { label: t('members.column.email'), value: member.email ?? '–' },
    { label: t('member.user'), value: member.user?.username ?? t('member.user.none') },
    {
      label: t('members.column.joinedAt'),
      value: member.joinedAt === null ? '–' : day(member.joinedAt),
    },
  ];
  if (member.suspendedAt !== null) {
    facts.push({ label: t('member.suspendedAt'), value: moment(member.suspendedAt) });
  }
  if (member.customers.length > 0) {
    facts.push({
      label: t('member.customers'),
      value: <Customers customers={member.customers} />,
    });
  }

  return (
    <Panel title={t('member.about')}>
      <Facts facts={facts} />
    </Panel>
  );
};
