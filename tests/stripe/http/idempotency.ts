import { StripeFailure } from './errors';

/** An answer as it went out. */
export interface Answer {
  status: number;
  body: string;
}

interface Entry {
  fingerprint: string;
  answer: Answer | undefined;
}

/**
 * Answers by `Idempotency-Key` (https://docs.stripe.com/api/idempotent_requests): the first call
 * is kept and replayed, the same key with other parameters is refused, and so is a second call
 * while the first is running.
 */
export class IdempotencyKeys {
  private readonly entries = new Map<string, Entry>();

  /** The stored answer of the same call, if there is one. Marks a new key as running. */
  begin(key: string, fingerprint: string): Answer | undefined {
    const entry = this.entries.get(key);
    if (!entry) {
      this.entries.set(key, { fingerprint, answer: undefined });
      return undefined;
    }
    const shown = key.slice(key.indexOf(':') + 1);
    if (entry.fingerprint !== fingerprint) {
      throw new StripeFailure(400, {
        type: 'idempotency_error',
        message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${shown}' if you meant to execute a different request.`,
      });
    }
    if (!entry.answer) {
      throw new StripeFailure(409, {
        type: 'idempotency_error',
        code: 'idempotency_key_in_use',
        message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${shown}. Please try again later.`,
      });
    }
    return entry.answer;
  }

  /**
   * Keeps the answer. A call refused before it ran (validation, 401, 409) leaves the key free, as
   * Stripe does.
   */
  end(key: string, answer: Answer, ran: boolean): void {
    const entry = this.entries.get(key);
    if (!entry) return;
    if (ran) entry.answer = answer;
    else this.entries.delete(key);
  }
}
