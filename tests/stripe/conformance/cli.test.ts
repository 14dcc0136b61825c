import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStripe } from '../index';
import { recipes, stripeCli } from './cli';

const home = mkdtempSync(join(tmpdir(), 'stripe-cli-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Recipes of products the simulator does not have: the README lists them too. */
const elsewhere = [
  /^account\./, // Connect
  /^(balance|payout|topup|transfer)\./, // money movement
  /^(cash_balance|customer_cash_balance_transaction)\./, // bank transfers
  /^payment_intent\.partially_funded$/, // the same
  /^(identity|issuing|reporting)/,
  /^v1\.billing\.meter/, // thin events of the v2 API
];

/** Two recipes are named by what they do, not by an event. */
const named = new Map([
  ['subscription.payment_failed', 'invoice.payment_failed'],
  ['subscription.payment_succeeded', 'invoice.payment_succeeded'],
]);

const areas = ['customer.', 'invoice', 'checkout.', 'charge.', 'payment_', 'subscription'];

describe('The official CLI’s recipes', () => {
  it('run against the simulator and bring about the event they are named after', async () => {
    const all = await recipes(home);
    const wanted = all.filter((name) => !elsewhere.some((pattern) => pattern.test(name)));
    expect(wanted.length).toBeGreaterThan(85);
    for (const area of areas) expect(wanted.some((name) => name.startsWith(area))).toBe(true);
    const failed: string[] = [];
    for (const name of wanted) failed.push(...(await run(name)));
    expect(failed).toEqual([]);
  }, 180_000);
});

/** What went wrong with one recipe, in a simulator of its own. */
async function run(name: string): Promise<string[]> {
  const sim = await startStripe({ now: Date.UTC(2026, 10, 1) });
  try {
    const args = ['trigger', name, '--api-base', sim.url, '--api-key', sim.secretKey];
    const { code, output } = await stripeCli(home, args);
    // Banks answer debits a moment later.
    await sim.advance(60_000);
    const types = sim.events().map((event) => String(event.type));
    return [
      ...(code === 0 ? [] : [`${name}: exit ${code}: ${output.slice(-600)}`]),
      ...(types.includes(named.get(name) ?? name) ? [] : [`${name}: only ${types.join(', ')}`]),
      ...sim.violations.map((each) => `${name}: ${each}`),
    ];
  } finally {
    await sim.close();
  }
}
