import type {
  CheckoutResponse,
  Me,
  MeResponse,
  MembershipAccess,
  PortalResponse,
  PublicTier,
  PublicTiersResponse,
} from '../../contracts';
import { ask, until, type Answer } from './client';
import { fillForm } from './hosted-page';
import { expect, type Report } from './report';

export interface Places {
  site: string;
  stripe: string;
}

interface ArticleAnswer {
  title: string;
  excerpt?: string;
  body?: string;
  membershipAccess?: MembershipAccess;
}

const PAID = 'the-last-light-on-the-breakwater';
const GOLD = 'a-chart-is-an-argument';
/** A sentence below the paywall marker of the paid article, and one above it. */
const SECRET = 'they look up';
const PREVIEW = 'flashes twice every five seconds';
const PASSWORD = 'a-password-of-the-check';

const data = <T>({ status, body, text, url }: Answer): T => {
  expect(status >= 200 && status < 300, `${url} answers 2xx`, `${status} ${text}`);
  return body as T;
};

/** The whole journey of a reader, as a front end makes it; each step is one line of the report. */
export const journey = async (report: Report, { site, stripe }: Places): Promise<void> => {
  const { step } = report;
  const email = 'check.reader@example.com';
  let jwt = '';
  let silver: PublicTier | undefined;
  let payPage = '';

  const read = async (slug: string, as = jwt): Promise<ArticleAnswer> => {
    const url = `${site}/api/articles?filters[slug][$eq]=${slug}&populate=*`;
    const { data: found } = data<{ data: ArticleAnswer[] }>(await ask(url, { jwt: as }));
    expect(found.length === 1, `one article called ${slug}`, found);
    return found[0]!;
  };
  const me = async (): Promise<Me> =>
    data<MeResponse>(await ask(`${site}/api/memberships/me`, { jwt })).data;
  const holds = ({ tiers }: Me, slug: string) => tiers.some((tier) => tier.slug === slug);

  await step('a visitor sees the teaser, and is told why the rest is missing', async () => {
    const article = await read(PAID, '');
    expect(Boolean(article.title && article.excerpt), 'a title and an excerpt', article);
    const access = article.membershipAccess;
    expect(access?.granted === false, 'membershipAccess.granted: false', article);
    expect(access.reason === 'anonymous', 'reason: anonymous', access);
    expect(!JSON.stringify(article).includes(SECRET), 'nothing from below the marker', article);
    expect(access.preview, 'preview: true', access);
    expect(article.body?.includes(PREVIEW) === true, 'the part above the marker', article);
    return `granted: false, reason: ${access.reason}, preview: ${access.preview}`;
  });

  await step('the tiers are on offer in two currencies, one without decimals', async () => {
    const { data: tiers } = data<PublicTiersResponse>(await ask(`${site}/api/memberships/tiers`));
    const names = tiers.map(({ slug }) => slug).join(', ');
    expect(names === 'free, silver, gold', 'free, silver, gold', tiers);
    silver = tiers[1];
    const gold = tiers[2];
    expect(gold?.includes[0]?.slug === 'silver', 'Gold includes Silver', gold);
    const yen = silver?.prices.find(({ currency }) => currency === 'jpy');
    expect(yen?.exponent === 0, 'yen with exponent 0', silver);
    return names;
  });

  await step('the visitor signs up', async () => {
    const answer = await ask(`${site}/api/auth/local/register`, {
      body: { username: email, email, password: PASSWORD },
    });
    jwt = data<{ jwt: string }>(answer).jwt;
    expect(Boolean(jwt), 'a token', answer.body);
  });

  await step('who has not paid does not read', async () => {
    const { membershipAccess: access, ...article } = await read(PAID);
    expect(access?.granted === false && access.reason === 'no-tier', 'reason: no-tier', access);
    expect(!JSON.stringify(article).includes(SECRET), 'nothing from below the marker', article);
    return `reason: ${access.reason}`;
  });

  await step('checkout opens a hosted payment page', async () => {
    const price = silver?.prices.find(
      ({ currency, interval, intervalCount }) =>
        currency === 'eur' && interval === 'month' && intervalCount === 1
    );
    expect(price !== undefined, 'a monthly price in euro', silver);
    const answer = await ask(`${site}/api/memberships/checkout`, {
      jwt,
      body: {
        price: price.documentId,
        successUrl: `${site}/welcome?session_id={CHECKOUT_SESSION_ID}`,
        cancelUrl: `${site}/join`,
      },
    });
    payPage = data<CheckoutResponse>(answer).data.url;
    expect(payPage.startsWith(stripe), `a page on ${stripe}`, payPage);
    return new URL(payPage).pathname.replace(/(cs_test_.{4}).*/, '$1…');
  });

  await step('the member pays', async () => {
    const answer = await fillForm(payPage, { email, outcome: 'pay' });
    expect(
      answer.status < 400,
      'the payment page takes the form',
      `${answer.status} ${answer.text}`
    );
  });

  await step('the webhook lands, and the body is there', async () => {
    const article = await until(
      'granted: true',
      () => read(PAID),
      ({ membershipAccess }) => membershipAccess?.granted === true
    );
    expect(article.body?.includes(SECRET) === true, 'the whole body', article);
    const { deliveries } = data<{ deliveries: { type: string; ok: boolean }[] }>(
      await ask(`${stripe}/_sim/deliveries`)
    );
    const taken = deliveries.filter(({ ok }) => ok);
    expect(taken.length > 0, 'webhooks answered 2xx', deliveries);
    return `${taken.length} webhooks taken, reason: ${article.membershipAccess?.reason}`;
  });

  await step('the account shows the tier and the next payment', async () => {
    const mine = await me();
    expect(holds(mine, 'silver'), 'Silver', mine);
    expect(mine.subscriptions[0]?.status === 'active', 'an active subscription', mine);
    expect(mine.nextPayment?.amount === 600, 'the next payment of 6.00 euro', mine);
    return `Silver, next payment ${mine.nextPayment.date.slice(0, 10)}`;
  });

  await step('Silver does not open what is for Gold', async () => {
    const { membershipAccess: access } = await read(GOLD);
    expect(access?.granted === false && access.reason === 'no-tier', 'reason: no-tier', access);
    return `reason: ${access.reason}, for ${access.tiers.map(({ name }) => name).join(', ')}`;
  });

  await step('the portal cancels at the end of the period', async () => {
    const answer = await ask(`${site}/api/memberships/me/portal`, {
      jwt,
      body: { returnUrl: `${site}/account` },
    });
    const { url } = data<PortalResponse>(answer).data;
    const done = await fillForm(url, { feedback: 'unused' }, /cancel/);
    expect(done.status < 400, 'the portal takes the form', `${done.status} ${done.text}`);
    const mine = await until('a subscription that ends', me, ({ subscriptions: [one] }) =>
      Boolean(one && (one.cancelAtPeriodEnd || one.cancelAt))
    );
    const { cancelAt, currentPeriodEnd } = mine.subscriptions[0]!;
    return `ends on ${(cancelAt ?? currentPeriodEnd)?.slice(0, 10)}`;
  });

  await step('what is paid for is still open', async () => {
    const { membershipAccess: access, body } = await read(PAID);
    expect(access?.granted === true && body?.includes(SECRET) === true, 'granted: true', access);
  });

  await step('a month passes, and access ends with the period', async () => {
    const moved = await ask(`${site}/demo/time`, { body: { months: 1, days: 1 } });
    const { now } = data<{ now: string }>(moved);
    const { membershipAccess: access, ...article } = await until(
      'granted: false',
      () => read(PAID),
      ({ membershipAccess }) => membershipAccess?.granted === false
    );
    expect(access?.reason === 'expired', 'reason: expired', access);
    expect(!JSON.stringify(article).includes(SECRET), 'nothing from below the marker', article);
    return `it is ${now.slice(0, 10)}, reason: ${access.reason}`;
  });

  await step('the account says so too', async () => {
    const mine = await until('an ended subscription', me, ({ subscriptions: [one] }) =>
      Boolean(one?.endedAt)
    );
    expect(!holds(mine, 'silver'), 'no Silver', mine);
    expect(mine.nextPayment === null, 'no next payment', mine);
    return mine.subscriptions[0]?.status;
  });
};
