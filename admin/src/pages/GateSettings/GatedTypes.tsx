import { Accordion, Box } from '@strapi/design-system';

import type { GatedTypeReport } from '../../../../contracts';
import { Panel } from '../../components/Panel';
import { ownRulesOf } from '../../lib/gate';
import { useT } from '../../translations/useT';
import { GatedTypeDetails } from './GatedTypeDetails';

/** Every members-only type in a line; what is in it, and how to try it, one click away. */
export const GatedTypes = ({ types }: { types: GatedTypeReport[] }) => {
  const t = useT();
  const summaryOf = (type: GatedTypeReport) =>
    t('gate.type.summary', {
      visibility: t(`visibility.${type.defaultVisibility}`),
      entries: type.entries,
      own: ownRulesOf(type),
    });

  return (
    <Panel title={t('gate.types')} hint={t('gate.types.hint')} flush>
      <Box borderStyle="solid" borderWidth="1px 0 0 0" borderColor="neutral150">
        <Accordion.Root collapsible size="M">
          {types.map((type, at) => (
            <Accordion.Item key={type.uid} value={type.uid}>
              <Accordion.Header variant={at % 2 === 0 ? 'primary' : 'secondary'}>
                <Accordion.Trigger description={summaryOf(type)}>
                  {type.displayName}
                </Accordion.Trigger>
              </Accordion.Header>
              <Accordion.Content>
                <GatedTypeDetails type={type} />
              </Accordion.Content>
            </Accordion.Item>
          ))}
        </Accordion.Root>
      </Box>
    </Panel>
  );
};
