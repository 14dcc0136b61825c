import { useEffect, useState } from 'react';

import type { Audience } from '../../../contracts';
import { useGetMembershipAudienceQuery } from '../api/rules';
import { isIncomplete, toInput, type RuleDraft } from './ruleDraft';

/** Long enough for a number to be typed. */
const PAUSE_MS = 300;

/** The audience of a rule that need not be saved; null while it is not known. */
export const useAudience = (draft: RuleDraft): Audience | null => {
  const [asked, setAsked] = useState(draft);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(draft), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [draft]);

  const { currentData } = useGetMembershipAudienceQuery(toInput(asked), {
    skip: asked.visibility === 'public' || isIncomplete(asked),
  });
  const isCurrent = JSON.stringify(toInput(asked)) === JSON.stringify(toInput(draft));
  return isCurrent ? (currentData?.data ?? null) : null;
};
