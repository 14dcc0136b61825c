import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

export interface Mail {
  to: string;
  subject: string;
  text?: string;
  html?: string;
}

export interface Mailbox {
  folder: string;
  /** Every mail the site sent, oldest first. */
  all(): Promise<Mail[]>;
  to(address: string): Promise<Mail[]>;
}

/** Reads what the site's mail provider wrote: one JSON file a mail, named in order. */
export const createMailbox = (folder: string): Mailbox => {
  const all = async (): Promise<Mail[]> => {
    const names = await readdir(folder).catch(() => []);
    const files = names.filter((name) => name.endsWith('.json')).sort();
    return Promise.all(
      files.map(async (name): Promise<Mail> =>
        JSON.parse(await readFile(path.join(folder, name), 'utf8'))
      )
    );
  };
  return {
    folder,
    all,
    to: async (address) => (await all()).filter((mail) => mail.to === address),
  };
};
