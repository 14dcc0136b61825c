import { useCallback } from 'react';
import { useIntl, type PrimitiveType } from 'react-intl';

import { PLUGIN_ID } from '../pluginId';
import en from './en.json';

export type MessageKey = keyof typeof en;

/** `t('members.title')`: the message in the user's language, in English where there is none. */
export const useT = () => {
  const { formatMessage } = useIntl();
  return useCallback(
    (key: MessageKey, values?: Record<string, PrimitiveType>) =>
      formatMessage({ id: `${PLUGIN_ID}.${key}`, defaultMessage: en[key] }, values),
    [formatMessage]
  );
};

const isMessageKey = (key: string): key is MessageKey => Object.hasOwn(en, key);

/** For words Stripe or the server may extend: its message, or null for one we do not know. */
export const useOpenT = () => {
  const t = useT();
  return useCallback((key: string) => (isMessageKey(key) ? t(key) : null), [t]);
};
