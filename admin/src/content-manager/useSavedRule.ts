import { useCallback, useEffect, useRef, useState } from 'react';

import { toProblem, useProblemText } from '../api/errors';
import { useSaveMembershipRuleMutation, type RuleRef } from '../api/rules';
import { isIncomplete, toInput, type RuleDraft } from './ruleDraft';

const TYPING_MS = 700;

export type SaveState = 'idle' | 'saving' | 'saved' | 'failed';

/** What is to be saved; null: back to the default. */
type Wish = RuleDraft | null;

/**
 * Saves a rule by itself: one request at a time, the last choice last. A failed save keeps the choice
 * until it is tried again or changed.
 *
 * @param saved what the server has
 */
export const useSavedRule = ({ uid, documentId }: RuleRef, saved: RuleDraft) => {
  const [save] = useSaveMembershipRuleMutation();
  const toText = useProblemText();
  const [draft, setDraft] = useState<RuleDraft | null>(null);
  const [state, setState] = useState<SaveState>('idle');
  const [problem, setProblem] = useState<string | null>(null);
  /** Waiting for its turn, or for the end of typing. */
  const wish = useRef<{ value: Wish } | null>(null);
  const last = useRef<Wish>(null);
  const isBusy = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>();

  const flush = useCallback(async () => {
    clearTimeout(timer.current);
    if (isBusy.current) return;
    isBusy.current = true;
    setState('saving');
    let result: Awaited<ReturnType<typeof save>> | null = null;
    while (wish.current !== null) {
      const { value } = wish.current;
      wish.current = null;
      last.current = value;
      result = await save({ uid, documentId, input: value && toInput(value) });
    }
    isBusy.current = false;
    if (result === null) return setState('idle');
    if ('error' in result) {
      setProblem(toText(toProblem(result.error)));
      return setState('failed');
    }
    setDraft(null);
    setState('saved');
  }, [documentId, save, toText, uid]);

  /** `typed`: more may follow at once. */
  const change = useCallback(
    (next: RuleDraft, typed = false) => {
      setDraft(next);
      clearTimeout(timer.current);
      wish.current = null;
      if (isIncomplete(next)) return setState('idle');
      wish.current = { value: next };
      if (typed) timer.current = setTimeout(() => void flush(), TYPING_MS);
      else void flush();
    },
    [flush]
  );

  const reset = useCallback(() => {
    wish.current = { value: null };
    void flush();
  }, [flush]);

  const retry = useCallback(() => {
    wish.current = { value: last.current };
    void flush();
  }, [flush]);

  // Whoever leaves while typing has chosen all the same.
  useEffect(
    () => () => {
      if (wish.current !== null) void flush();
    },
    [flush]
  );

  return { draft: draft ?? saved, isUnsaved: draft !== null, state, problem, change, reset, retry };
};
