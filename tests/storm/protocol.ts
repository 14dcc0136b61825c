/** What the storm asks a site's process, besides what everybody may ask over HTTP. */
export type Question =
  /** Works off what is due. */
  | { ask: 'idle' }
  /** How much of the inbox waits, also for its next try. */
  | { ask: 'pending' }
  /** Every row of a model, relations given as they are named. */
  | { ask: 'rows'; uid: string; populate: string[] }
  /** Makes what is sold by the site's own code; answers its documentId. */
  | { ask: 'create'; what: 'tier' | 'price'; data: Record<string, unknown> }
  /** One statement, for a control run. */
  | { ask: 'sql'; statement: string }
  /** A full comparison with Stripe, repaired: the keys that differed. */
  | { ask: 'reconcile' };

export type Asked = Question & { id: number };

export type FromSite =
  { port: number } | { id: number; answer: unknown } | { id: number; error: string };

/** A row as Strapi's query engine gives it; the storm checks what it reads of it. */
export type Row = Record<string, unknown> & { id: number };
