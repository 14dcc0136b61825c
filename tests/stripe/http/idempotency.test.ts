import { IdempotencyKeys } from './idempotency';

describe('Idempotency keys', () => {
  const answer = { status: 200, body: '{}' };

  it('refuse a second call while the first is running', () => {
    const keys = new IdempotencyKeys();
    expect(keys.begin('test:a', 'POST /v1/x')).toBeUndefined();
    expect(() => keys.begin('test:a', 'POST /v1/x')).toThrow('another in-progress request');
    keys.end('test:a', answer, true);
    expect(keys.begin('test:a', 'POST /v1/x')).toBe(answer);
    expect(() => keys.begin('test:a', 'POST /v1/y')).toThrow("a key other than 'a'");
  });

  it('are free again after a call that was refused before it ran', () => {
    const keys = new IdempotencyKeys();
    keys.begin('test:a', 'POST /v1/x');
    keys.end('test:a', { status: 400, body: '{}' }, false);
    expect(keys.begin('test:a', 'POST /v1/y')).toBeUndefined();
  });
});
