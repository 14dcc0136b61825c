export interface Answer {
  status: number;
  text: string;
  /** undefined when the answer is no JSON. */
  body: unknown;
  url: string;
}

type Options = { method?: string; jwt?: string; body?: object; form?: Record<string, string> };

/** One HTTP request; whatever the status, the answer comes back. */
export const ask = async (
  url: string,
  { method, jwt, body, form }: Options = {}
): Promise<Answer> => {
  const payload = body ? JSON.stringify(body) : form ? new URLSearchParams(form).toString() : null;
  const type = body ? 'application/json' : 'application/x-www-form-urlencoded';
  const response = await fetch(url, {
    method: method ?? (payload === null ? 'GET' : 'POST'),
    headers: {
      ...(payload === null ? {} : { 'Content-Type': type }),
      ...(jwt ? { Authorization: `Bearer ${jwt}` } : {}),
    },
    body: payload,
    redirect: 'manual',
  });
  const text = await response.text();
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = undefined;
  }
  return { status: response.status, text, body: parsed, url };
};

const PATIENCE_MS = 20_000;
const PAUSE_MS = 50;

/** Asks until the answer is the one waited for, and gives up with the last answer in the error. */
export const until = async <T>(
  what: string,
  look: () => Promise<T>,
  good: (value: T) => boolean
): Promise<T> => {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await look();
    if (good(value)) return value;
    if (Date.now() > deadline) {
      throw new Error(
        `waited ${PATIENCE_MS / 1000} s for: ${what}\nlast answer: ${JSON.stringify(value).slice(0, 1500)}`
      );
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
};
