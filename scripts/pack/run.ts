import { spawn } from 'node:child_process';

/** Runs a program to its end, with what it prints; throws when it fails. */
export const run = (
  program: string,
  args: string[],
  options: { cwd: string; env?: Record<string, string> }
): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: { ...process.env, STRAPI_TELEMETRY_DISABLED: 'true', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    const listen = (chunk: Buffer) => (said += chunk.toString());
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve(said);
      else reject(new Error(`${program} ${args.join(' ')} failed (exit ${code}):\n${said}`));
    });
  });
