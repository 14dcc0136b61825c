import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';

export interface Ran {
  code: number;
  /** Everything it printed. */
  output: string;
}

const shim = join(dirname(require.resolve('@stripe/cli/package.json')), 'bin', 'shim.js');

/** Runs the official Stripe CLI in a home of its own (`home`), telling nobody. */
export function stripeCli(home: string, args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [shim, ...args],
      { env: { PATH: process.env.PATH, HOME: home, STRIPE_CLI_TELEMETRY_OPTOUT: '1' } },
      (error, stdout, stderr) => {
        const code = error ? (typeof error.code === 'number' ? error.code : 1) : 0;
        resolve({ code, output: `${stdout}${stderr}` });
      }
    );
  });
}

/** The recipes the installed CLI knows, from its own help. */
export async function recipes(home: string): Promise<string[]> {
  const { output } = await stripeCli(home, ['trigger', '--help']);
  const list = /Supported events:\n([\s\S]*?)\n\n/.exec(output)?.[1] ?? '';
  return list
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}
