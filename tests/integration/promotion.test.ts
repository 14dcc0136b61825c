import type Stripe from 'stripe';
import { openLine, type Line } from '../support/line';
import { DAY, openShop, START, type Answer, type Reader, type Shop } from '../support/shop';
import { startStripe, type StripeSimulator } from '../stripe';

const SECOND = 1000;

/** Promotion codes at checkout: what is wrong with one is said, and which of several is meant is found. */
describe('a promotion code', () => {
  let stripe: StripeSimulator;
  let line: Line;
  let shop: Shop;
  let gold: string;
  let monthly: string;
  let silver: string;
  let reader: Reader;

  beforeAll(async () => {
    stripe = await startStripe({ now: START });
    line = await openLine(stripe.url);
    shop = await openShop({ simulator: stripe, env: { STRIPE_API_BASE: line.url } });
    gold = await shop.tier('Gold');
    monthly = await shop.price(gold);
    silver = await shop.tier('Silver');
    await shop.price(silver);
    reader = await shop.register('reader');
  });
  afterAll(async () => {
    await shop.stop();
    await line.close();
    await stripe.close();
  });
  afterEach(() => {
    line.mend();
    expect(stripe.violations).toEqual([]);
  });

  const seconds = (milliseconds: number): number =>
    Math.floor((stripe.now() + milliseconds) / SECOND);
  const productOf = async (tier: string): Promise<string> =>
    (await shop.rows('tier').findOne({ where: { documentId: tier } }))?.stripeId ?? '';

  const codeOf = async (
    code: string,
    coupon: Stripe.CouponCreateParams = {},
    more: Partial<Stripe.PromotionCodeCreateParams> = {}
  ): Promise<Stripe.PromotionCode> => {
    const isAmount = coupon.amount_off !== undefined;
    const { id } = await shop.client.coupons.create({
      ...(isAmount ? {} : { percent_off: 50 }),
      ...coupon,
    });
    return shop.client.promotionCodes.create({
      promotion: { type: 'coupon', coupon: id },
      code,
      ...more,
    });
  };

  const buy = (code: string, price = monthly, buyer: Reader | null = null): Promise<Answer> =>
    shop.checkout(buyer, price, { promotionCode: code });

  const expectTaken = async (answer: Answer, code: Stripe.PromotionCode): Promise<void> => {
    expect([answer.status, answer.body.error]).toEqual([200, undefined]);
    const session = await shop.client.checkout.sessions.retrieve(answer.body.data.sessionId);
    expect(session.discounts).toMatchObject([{ promotion_code: code.id }]);
  };
  const expectRefused = ({ status, body }: Answer, why: string): void => {
    expect([status, body.error?.details]).toEqual([
      400,
      { code: `promotion-code-${why}`, field: 'promotionCode' },
    ]);
  };

  it('is taken in whichever case and with the blanks of a paste', async () => {
    const code = await codeOf('Summer25');
    await expectTaken(await buy('Summer25'), code);
    await expectTaken(await buy('  sUMMER25 '), code);
    await expectTaken(await buy('SUMMER25', monthly, reader), code);
  });

  it.each(['WISHFUL', 'no such code', 'ÉTÉ', "x' OR 1=1", 'a/../b'])(
    'that is none is unknown: %s',
    async (code) => {
      expectRefused(await buy(code), 'unknown');
    }
  );

  it.each(['', '   ', '\t', 'a\u0007b', 'x'.repeat(501)])('that is odd: %j', async (code) => {
    const asked = line.requests.length;
    const { status, body } = await buy(code);
    expect([status, body.error.details.field]).toEqual([400, 'promotionCode']);
    expect(line.requests.length).toBe(asked);
  });

  it('that has expired, by its own date or its coupon’s', async () => {
    await codeOf('OWNDATE', {}, { expires_at: seconds(DAY) });
    await codeOf('COUPONDATE', { redeem_by: seconds(DAY) });
    expect((await buy('OWNDATE')).status).toBe(200);
    await shop.advance(2 * DAY);
    expectRefused(await buy('OWNDATE'), 'expired');
    expectRefused(await buy('COUPONDATE'), 'expired');
  });

  it('that is used up, by its own count or its coupon’s', async () => {
    await codeOf('OWNCOUNT', {}, { max_redemptions: 1 });
    await codeOf('COUPONCOUNT', { max_redemptions: 1 });
    for (const code of ['OWNCOUNT', 'COUPONCOUNT']) {
      const { body } = await buy(code);
      stripe.pay(body.data.sessionId, { email: `${code.toLowerCase()}@guest.example` });
      await shop.settle();
      expectRefused(await buy(code), 'used-up');
    }
  });

  it('that was switched off, or whose coupon was deleted', async () => {
    const code = await codeOf('OFF');
    await shop.client.promotionCodes.update(code.id, { active: false });
    expectRefused(await buy('OFF'), 'inactive');

    await codeOf('ORPHAN', { id: 'orphan' });
    await shop.client.coupons.del('orphan');
    expectRefused(await buy('ORPHAN'), 'inactive');
  });

  it('that was switched off and made anew counts as the new one', async () => {
    const old = await codeOf('ANEW');
    await shop.client.promotionCodes.update(old.id, { active: false });
    const code = await codeOf('Anew');
    await expectTaken(await buy('anew'), code);
  });

  it('that is for another product', async () => {
    const products = [await productOf(silver)];
    await codeOf('SILVERONLY', { applies_to: { products } });
    expectRefused(await buy('SILVERONLY'), 'not-for-price');
    const both = await codeOf('BOTH', {
      applies_to: { products: [...products, await productOf(gold)] },
    });
    await expectTaken(await buy('BOTH'), both);
  });

  it('that takes off an amount in another currency, unless it knows ours too', async () => {
    await codeOf('DOLLARS', { amount_off: 100, currency: 'usd' });
    expectRefused(await buy('DOLLARS'), 'not-for-price');
    const options = { currency_options: { eur: { amount_off: 90 } } };
    const both = await codeOf('MANY', { amount_off: 100, currency: 'usd', ...options });
    await expectTaken(await buy('MANY'), both);
  });

  it('that asks for more to be bought, in the price’s own currency', async () => {
    const least = (minimum_amount: number, minimum_amount_currency = 'eur') => ({
      restrictions: { minimum_amount, minimum_amount_currency },
    });
    await codeOf('TENEUROS', {}, least(1000));
    expectRefused(await buy('TENEUROS'), 'not-for-price');
    const nine = await codeOf('NINE', {}, least(900));
    await expectTaken(await buy('NINE'), nine);
    await codeOf(
      'OPTIONS',
      {},
      {
        restrictions: {
          minimum_amount: 1,
          minimum_amount_currency: 'usd',
          currency_options: { eur: { minimum_amount: 901 } },
        },
      }
    );
    expectRefused(await buy('OPTIONS'), 'not-for-price');
  });

  it('that is one customer’s is nobody else’s', async () => {
    const other = await shop.register('other');
    await shop.checkout(reader, monthly);
    const where = { member: { user: reader.id }, current: true };
    const customer = (await shop.rows('customer').findOne({ where }))?.stripeId ?? '';
    const code = await codeOf('MINE', {}, { customer });
    expectRefused(await buy('MINE'), 'not-for-you');
    expectRefused(await buy('MINE', monthly, other), 'not-for-you');
    await expectTaken(await buy('MINE', monthly, reader), code);
  });

  it('that is for a first purchase', async () => {
    const code = await codeOf('FIRST', {}, { restrictions: { first_time_transaction: true } });
    const lifetime = await shop.price(gold, { interval: null, amount: 9900 });
    const newcomer = await shop.register('newcomer');
    await expectTaken(await buy('FIRST', lifetime, newcomer), code);
    await shop.buy(newcomer, lifetime);
    expectRefused(await buy('FIRST', lifetime, newcomer), 'not-for-you');
    await expectTaken(await buy('FIRST', lifetime), code);
  });

  it.each([
    [
      'This promotion code cannot be redeemed because the associated customer has prior transactions.',
      'discounts[0][promotion_code]',
      'not-for-you',
    ],
    ['This promotion code is not active.', 'discounts[0][promotion_code]', 'inactive'],
    ['Coupon expired: X', undefined, 'expired'],
    ['Something that nobody foresaw', 'discounts', 'refused'],
  ])('that Stripe refuses after all: %s', async (message, param, why) => {
    if ((await shop.client.promotionCodes.list({ code: 'LATE' })).data.length === 0) {
      await codeOf('LATE');
    }
    const error = { type: 'invalid_request_error', message, param };
    line.refuse(/POST \/v1\/checkout\/sessions$/, 400, error);
    expectRefused(await buy('LATE'), why);
  });

  it('keeps the price’s own refusals, and an outage is no refusal', async () => {
    await codeOf('SOUND');
    expect((await buy('SOUND', 'nothing')).body.error.details.code).toBe('price-unknown');
    line.refuse(/GET \/v1\/promotion_codes/, 500, { type: 'api_error', message: 'down' });
    const { status, body } = await buy('SOUND');
    expect([status, body.error.details.code]).toEqual([503, 'stripe-unavailable']);
  });
});
