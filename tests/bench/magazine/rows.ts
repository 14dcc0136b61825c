import { createHash } from 'node:crypto';

/** What the bench fills its tables with: the same rows in every run, and nothing by chance. */

const DAY = 86_400_000;

/** 24 letters and digits, in no order, as Strapi's own are. */
export const idOf = (kind: string, at: number): string =>
  createHash('md5').update(`${kind} ${at}`).digest('hex').slice(0, 24);

const SENTENCES = [
  'The harbour had been quiet since the last ferry, and the gulls had taken the quay back.',
  'Nobody who works on the water trusts a forecast that is older than the morning.',
  'What the tide takes it rarely returns to the same place, which is why the charts are redrawn.',
  'She kept the figures in a blue notebook, in pencil, because ink runs.',
  'By noon the fog had lifted far enough to see that there was nothing behind it.',
];

const paragraph = (at: number): string =>
  Array.from({ length: 5 }, (_, add) => SENTENCES[(at + add) % SENTENCES.length]).join(' ');

/** About 2,000 characters of Markdown, a paywall marker after the first paragraph in every second. */
const bodyOf = (at: number): string =>
  [
    paragraph(at),
    ...(at % 2 === 0 ? ['<!--members-only-->'] : []),
    `## Part ${at}`,
    paragraph(at + 1),
    paragraph(at + 2),
    paragraph(at + 3),
  ].join('\n\n');

export const articleRow = (at: number, now: number) => ({
  document_id: idOf('article', at),
  title: `Article ${at}`,
  slug: `article-${at}`,
  excerpt: SENTENCES[at % SENTENCES.length],
  reading_minutes: 3 + (at % 9),
  body: bodyOf(at),
  created_at: new Date(now - 90 * DAY),
  updated_at: new Date(now - 60 * DAY),
  published_at: new Date(now - 60 * DAY),
});

/** Of five tiers in a row, each includes the one before; the last opens all. */
export const TIERS = ['Free', 'Bronze', 'Silver', 'Gold', 'Patron'];

/**
 * The rules of a magazine: a fifth is open, most of the rest is for those who pay. Every seventh opens
 * to everyone one day (half of them did), every eleventh is released after some weeks.
 */
export const ruleOf = (at: number, now: number) => {
  const visibility =
    (
      [
        'public',
        'members',
        'paid',
        'tiers',
        'tiers',
        'paid',
        'tiers',
        'paid',
        'public',
        'tiers',
      ] as const
    )[at % 10] ?? 'tiers';
  const closed = visibility !== 'public';
  return {
    row: {
      document_id: idOf('rule', at),
      target_uid: 'api::article.article',
      target_document_id: idOf('article', at),
      visibility,
      opens_at: closed && at % 7 === 0 ? new Date(now + (at % 2 ? DAY : -DAY)) : null,
      drip_days: closed && at % 11 === 0 ? 14 : null,
      created_at: new Date(now - 60 * DAY),
      updated_at: new Date(now - 60 * DAY),
    },
    /** Which of the tiers, one to three of them. */
    tiers: visibility === 'tiers' ? [4, 3, 2].slice(0, 1 + (at % 3)) : [],
  };
};

export const userRow = (at: number, now: number) => ({
  document_id: idOf('user', at),
  username: `reader${at}`,
  email: `reader${at}@reader.example`,
  provider: 'local',
  confirmed: true,
  blocked: false,
  created_at: new Date(now - 120 * DAY),
  updated_at: new Date(now - 120 * DAY),
});

export const memberRow = (at: number, user: number, now: number) => ({
  document_id: idOf('member', at),
  email: `reader${at}@reader.example`,
  name: `Reader ${at}`,
  user_id: user,
  joined_at: new Date(now - 120 * DAY),
  created_at: new Date(now - 120 * DAY),
  updated_at: new Date(now - 120 * DAY),
});

/** One grant each, of the five tiers in turn; every tenth is over. */
export const grantRow = (at: number, member: number, tier: number, now: number) => ({
  document_id: idOf('grant', at),
  source: 'subscription',
  member_id: member,
  tier_id: tier,
  starts_at: new Date(now - 100 * DAY),
  ends_at: at % 10 === 9 ? new Date(now - DAY) : null,
  created_at: new Date(now - 100 * DAY),
  updated_at: new Date(now - 100 * DAY),
});
