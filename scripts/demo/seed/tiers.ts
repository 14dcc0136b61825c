import type { Core } from '@strapi/strapi';
import type { Interval, TierTranslation } from '../../../contracts';
import { UID } from '../../../server/src/constants';

export interface SeededPrice {
  currency: 'eur' | 'jpy';
  interval: Interval;
  intervalCount: number;
  /** Minor units: cents and whole yen. */
  amount: number;
}

interface SeededTier {
  name: string;
  slug: 'free' | 'silver' | 'gold';
  kind: 'free' | 'paid';
  description: string;
  benefits: string[];
  translations: Record<string, TierTranslation>;
  includes: string[];
  prices: SeededPrice[];
}

const prices = (eur: [number, number, number], jpy: [number, number, number]): SeededPrice[] =>
  (
    [
      ['eur', eur],
      ['jpy', jpy],
    ] as const
  ).flatMap(([currency, [month, quarter, year]]) => [
    { currency, interval: 'month', intervalCount: 1, amount: month },
    { currency, interval: 'month', intervalCount: 3, amount: quarter },
    { currency, interval: 'year', intervalCount: 1, amount: year },
  ]);

export const TIERS: readonly SeededTier[] = [
  {
    name: 'Free',
    slug: 'free',
    kind: 'free',
    description: 'A reader’s card: some pieces in full, and the letter from the desks.',
    benefits: ['Pieces marked “for members”', 'The letter, twice a month'],
    translations: {
      fr: {
        name: 'Libre',
        description:
          'Une carte de lecteur : quelques articles en entier, et la lettre des rédactions.',
        benefits: ['Les articles « pour les membres »', 'La lettre, deux fois par mois'],
      },
      id: {
        name: 'Gratis',
        description: 'Kartu pembaca: beberapa tulisan lengkap dan surat dari redaksi.',
        benefits: ['Tulisan “untuk anggota”', 'Surat, dua kali sebulan'],
      },
    },
    includes: [],
    prices: [],
  },
  {
    name: 'Silver',
    slug: 'silver',
    kind: 'paid',
    description: 'The whole magazine, on the day it appears.',
    benefits: [
      'Every article in full',
      'New pieces before everyone else',
      'The course in seven knots',
    ],
    translations: {
      fr: {
        name: 'Argent',
        description: 'Tout le magazine, le jour même.',
        benefits: [
          'Tous les articles en entier',
          'Les nouveautés en avant-première',
          'Le cours des sept nœuds',
        ],
      },
      id: {
        name: 'Perak',
        description: 'Seluruh majalah, pada hari terbitnya.',
        benefits: ['Semua artikel lengkap', 'Tulisan baru lebih dahulu', 'Kursus tujuh simpul'],
      },
    },
    includes: [],
    prices: prices([600, 1700, 6000], [900, 2500, 9000]),
  },
  {
    name: 'Gold',
    slug: 'gold',
    kind: 'paid',
    description: 'Silver, and the drawers of the editorial office.',
    benefits: ['Everything in Silver', 'The long reads', 'Notes from the editors’ meeting'],
    translations: {
      fr: {
        name: 'Or',
        description: 'Argent, et les tiroirs de la rédaction.',
        benefits: [
          'Tout ce que donne Argent',
          'Les grands formats',
          'Les notes de la conférence de rédaction',
        ],
      },
      id: {
        name: 'Emas',
        description: 'Perak, ditambah isi laci redaksi.',
        benefits: ['Semua isi Perak', 'Tulisan panjang', 'Catatan rapat redaksi'],
      },
    },
    includes: ['silver'],
    prices: prices([1200, 3300, 12000], [1900, 5200, 18500]),
  },
];

/** Documents, not rows: creating them is what makes the plugin tell Stripe. */
export const seedTiers = async (strapi: Core.Strapi): Promise<void> => {
  const ids = new Map<string, number>();
  for (const [rank, { prices: sold, includes, ...tier }] of TIERS.entries()) {
    const known = await strapi.documents(UID.tier).findFirst({ filters: { slug: tier.slug } });
    const { id } =
      known ??
      (await strapi.documents(UID.tier).create({
        data: { ...tier, rank, includes: includes.map((slug) => ids.get(slug)) },
      }));
    ids.set(tier.slug, Number(id));
    if (known) continue;
    for (const price of sold) {
      await strapi
        .documents(UID.price)
        .create({ data: { ...price, active: true, trialDays: 0, tier: id } });
    }
  }
};
