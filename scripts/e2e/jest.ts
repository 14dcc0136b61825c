import { spawn } from 'node:child_process';
import { ROOT } from '../demo/paths';

/** Runs a configuration of jest with the arguments of this script; answers with its exit code. */
export const jest = (config: string, env: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    const args = ['node_modules/jest/bin/jest.js', '--config', config];
    const child = spawn(process.execPath, [...args, ...process.argv.slice(2)], {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: 'test', ...env },
      stdio: 'inherit',
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
