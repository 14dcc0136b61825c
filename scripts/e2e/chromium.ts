import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const find = (): string | undefined =>
  [process.env.CHROMIUM, ...PLACES].find((file) => file !== undefined && existsSync(file));

/**
 * The system's Chromium; on a Debian machine without one, it is installed.
 *
 * @returns its path
 * @throws Error that says what to install, where that cannot be done
 */
export const ensureChromium = (say: (line: string) => void): string => {
  const present = find();
  if (present) return present;
  say('Installing Chromium …');
  try {
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
    execFileSync('apt-get', ['install', '-y', '-qq', 'chromium'], { stdio: 'ignore' });
  } catch (error) {
    throw new Error('Install Chromium, or name one in the variable CHROMIUM', { cause: error });
  }
  const installed = find();
  if (!installed) throw new Error('Chromium was installed, and is not where it should be');
  return installed;
};
