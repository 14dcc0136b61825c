import {
  COMMON_CURRENCIES,
  decimalsOf,
  exponentOf,
  parseAmount,
} from '../../../admin/src/lib/money';
import { exponentOf as serverExponentOf } from '../../../server/src/domain/money';

describe('money typed in the admin', () => {
  it.each([
    ['12', 'eur', 1200],
    ['12,5', 'eur', 1250],
    ['12.50', 'usd', 1250],
    ['0.07', 'eur', 7],
    ['1.005', 'kwd', undefined],
    ['1.01', 'kwd', 1010],
    ['1.010', 'bhd', 1010],
    ['500', 'jpy', 500],
    ['500.00', 'jpy', 500],
    ['500.5', 'jpy', undefined],
    ['5000', 'isk', 500000],
    ['5000.50', 'isk', undefined],
    ['4.35', 'eur', 435],
    ['999999.99', 'eur', 99999999],
    ['1000000', 'eur', undefined],
    ['0', 'eur', undefined],
    ['0,00', 'eur', undefined],
    ['', 'eur', undefined],
    ['1 200', 'eur', undefined],
    ['1,200.00', 'eur', undefined],
    ['-5', 'eur', undefined],
    ['1e3', 'eur', undefined],
    [' 7. ', 'eur', 700],
  ])('%p in %s is %p', (text, currency, amount) => {
    const parsed = parseAmount(text, currency);
    expect('amount' in parsed ? parsed.amount : undefined).toBe(amount);
  });

  it('never loses a cent to floating point', () => {
    for (let cents = 1; cents <= 20000; cents += 1) {
      const text = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
      expect(parseAmount(text, 'eur')).toEqual({ amount: cents });
    }
  });

  it('counts every currency as the server does', () => {
    for (const code of Intl.supportedValuesOf('currency')) {
      expect([code, exponentOf(code)]).toEqual([code, serverExponentOf(code)]);
    }
  });

  it('offers each currency once, lower case', () => {
    expect(new Set(COMMON_CURRENCIES).size).toBe(COMMON_CURRENCIES.length);
    for (const code of COMMON_CURRENCIES) expect(code).toMatch(/^[a-z]{3}$/);
  });

  it('takes no decimals where Stripe wants whole units', () => {
    expect([decimalsOf('isk'), decimalsOf('ugx'), decimalsOf('jpy')]).toEqual([0, 0, 0]);
    expect([decimalsOf('kwd'), decimalsOf('eur')]).toEqual([2, 2]);
  });
});
