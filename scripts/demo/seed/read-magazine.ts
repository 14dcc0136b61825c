import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const MAGAZINE = path.join(__dirname, '../magazine');

/** A Markdown file with `key: value` lines above a line of three hyphens. */
export interface Entry {
  slug: string;
  fields: Record<string, string>;
  body: string;
}

export interface Article extends Entry {
  french: Entry | null;
  /** Strapi blocks; null when the body is Markdown. */
  story: Block[] | null;
}

const parse = (slug: string, text: string): Entry => {
  const [head = '', ...rest] = text.split('\n---\n');
  const fields = Object.fromEntries(
    head.split('\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    })
  );
  return { slug, fields, body: rest.join('\n---\n').trim() };
};

const read = (folder: string, name: string): string =>
  readFileSync(path.join(MAGAZINE, folder, name), 'utf8');

const slugs = (folder: string): string[] =>
  readdirSync(path.join(MAGAZINE, folder))
    .filter((name) => /^[^.]+\.md$/.test(name))
    .map((name) => name.replace(/\.md$/, ''));

interface Text {
  type: 'text';
  text: string;
}
const text = (value: string): Text[] => [{ type: 'text', text: value }];

export type Block = { type: string; children: unknown[]; level?: number; format?: string };

/** The magazine's shorthand for blocks: `["p", "…"]`, `["h", "…"]`, `["ul", ["…"]]`, `["marker"]`. */
const toBlock = ([kind, value]: [string, (string | string[])?]): Block => {
  if (Array.isArray(value)) {
    const children = value.map((item) => ({ type: 'list-item', children: text(item) }));
    return { type: 'list', format: 'unordered', children };
  }
  if (kind === 'marker') return { type: 'paragraph', children: text('<!--members-only-->') };
  if (kind === 'h') return { type: 'heading', level: 2, children: text(value ?? '') };
  return { type: kind === 'quote' ? 'quote' : 'paragraph', children: text(value ?? '') };
};

export const readArticles = (): Article[] =>
  slugs('articles').map((slug) => {
    const blocks = `${slug}.blocks.json`;
    const french = `${slug}.fr.md`;
    const has = (name: string) => existsSync(path.join(MAGAZINE, 'articles', name));
    const shorthand = has(blocks)
      ? (JSON.parse(read('articles', blocks)) as [string, (string | string[])?][])
      : null;
    return {
      ...parse(slug, read('articles', `${slug}.md`)),
      french: has(french) ? parse(slug, read('articles', french)) : null,
      story: shorthand?.map(toBlock) ?? null,
    };
  });

export const readLetters = (): Entry[] =>
  slugs('letters').map((slug) => parse(slug, read('letters', `${slug}.md`)));
