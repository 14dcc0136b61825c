import { alignDefaults, type Defaults } from '../../server/src/domain/customer';

const sub = (stripeId: string, method: string | null) => ({ stripeId, method });

describe('what is paid with, on the customer and on the subscription', () => {
  it.each<[string, string | null, Defaults, [string | null, [string, string][]]]>([
    [
      'Checkout set the subscription’s alone',
      null,
      { customer: null, subscriptions: [sub('a', 'new')] },
      ['new', []],
    ],
    [
      'a portal set the customer’s alone',
      'old',
      { customer: 'new', subscriptions: [sub('a', 'old'), sub('b', null)] },
      [null, [['a', 'new']]],
    ],
    [
      'a subscription with a card of its own choosing keeps it',
      'old',
      { customer: 'new', subscriptions: [sub('a', 'other'), sub('b', 'old')] },
      [null, [['b', 'new']]],
    ],
    [
      'the subscription’s was changed alone',
      'old',
      { customer: 'old', subscriptions: [sub('a', 'new')] },
      ['new', []],
    ],
    [
      'of several, one was: the others go on with the customer’s',
      'old',
      { customer: 'old', subscriptions: [sub('a', 'new'), sub('b', null)] },
      [null, []],
    ],
    ['both are the same', 'old', { customer: 'old', subscriptions: [sub('a', 'old')] }, [null, []]],
    ['both were changed', 'old', { customer: 'new', subscriptions: [sub('a', 'new')] }, [null, []]],
    [
      'they differ since before we looked: nobody knows which is newer',
      null,
      { customer: 'one', subscriptions: [sub('a', 'other')] },
      [null, []],
    ],
    ['there is no subscription', null, { customer: null, subscriptions: [] }, [null, []]],
    ['there is no card', null, { customer: null, subscriptions: [sub('a', null)] }, [null, []]],
  ])('%s', (_, before, defaults, [customer, subscriptions]) => {
    const changes = alignDefaults(before, defaults);
    expect(changes.customer).toBe(customer);
    expect(changes.subscriptions.map(({ stripeId, method }) => [stripeId, method])).toEqual(
      subscriptions
    );
  });
});
