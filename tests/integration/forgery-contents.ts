import { WEBHOOK_MAX_BYTES } from '../../server/src/constants';
import { anEvent, print, request, sign, signed, type Case } from './forgery-support';

/** Rightly signed and no event of Stripe's. */
const refused = (name: string, event: unknown): Case => [
  name,
  'payload-invalid',
  () => signed(print(event)),
];

const without = (key: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(anEvent()).filter(([name]) => name !== key));

const about = (object: unknown): Record<string, unknown> => anEvent({ data: { object } });

const rawJson = (name: string, text: string): Case => [
  name,
  'payload-invalid',
  () => signed(Buffer.from(text)),
];

export const SHAPES: Case[] = [
  refused('null', null),
  refused('a number', 5),
  refused('true', true),
  refused('a text', 'evt_text'),
  refused('a list', []),
  refused('a list with an event in it', [anEvent()]),
  refused('an empty object', {}),
  refused('a thin event', {
    id: 'evt_thin',
    object: 'v2.core.event',
    type: 'v1.billing.meter.no_meter_found',
    livemode: false,
    related_object: { id: 'sub_forged', type: 'subscription' },
  }),
  refused('the subscription itself', { id: 'sub_forged', object: 'subscription', livemode: false }),
  refused('an event called by another name', anEvent({ object: 'Event' })),
  ...['id', 'object', 'type', 'livemode', 'data'].map((key) =>
    refused(`an event without ${key}`, without(key))
  ),
  refused('data without an object', anEvent({ data: {} })),
  refused('data that is a list', anEvent({ data: [{ object: { id: 'sub_forged' } }] })),
  refused('an object that is null', about(null)),
  refused('an object that is an id', about('sub_forged')),
  refused('an object that is a list', about([{ id: 'sub_forged' }])),
  refused('an object whose id is endless', about({ id: `sub_${'x'.repeat(5000)}` })),
  refused('an object whose id holds a NUL', about({ id: 'sub_forged\0' })),
  refused('an id that is a number', anEvent({ id: 5 })),
  refused('an id of something else', anEvent({ id: 'sub_forged' })),
  refused('an id that is only its prefix', anEvent({ id: 'evt_' })),
  refused('an endless id', anEvent({ id: `evt_${'x'.repeat(100_000)}` })),
  refused('an id with a NUL', anEvent({ id: 'evt_for\0ged' })),
  refused('an id with a quote', anEvent({ id: `evt_' or 1=1 --` })),
  refused('a type that is a list', anEvent({ type: ['customer.subscription.updated'] })),
  refused('an endless type', anEvent({ type: `customer.${'x'.repeat(5000)}` })),
  refused('a type with a NUL', anEvent({ type: 'customer.\0' })),
  refused('a mode that is a text', anEvent({ livemode: 'false' })),
  refused('an account that is a number', anEvent({ account: 5 })),
  refused('an endless account', anEvent({ account: `acct_${'x'.repeat(5000)}` })),
  rawJson(
    'keys of the prototype',
    '{"__proto__":{"id":"evt_p","object":"event","livemode":false}}'
  ),
  rawJson('keys of the constructor', '{"constructor":{"prototype":{"id":"evt_c"}}}'),
  rawJson('a list a hundred thousand deep', '['.repeat(100_000) + ']'.repeat(100_000)),
];

const large = () => Buffer.from(JSON.stringify(about({ padding: 'x'.repeat(WEBHOOK_MAX_BYTES) })));

export const SIZES: Case[] = [
  ['over a megabyte, announced', 'payload-too-large', () => signed(large())],
  ['over a megabyte, in pieces', 'payload-too-large', () => signed(large(), { chunked: true })],
  ['over a megabyte, unsigned', 'payload-too-large', () => request(large())],
  ['ten megabytes', 'payload-too-large', () => request(Buffer.alloc(10 * WEBHOOK_MAX_BYTES, 0x20))],
  ['empty', 'payload-invalid', () => signed(Buffer.alloc(0))],
  ['empty, unsigned', 'signature-invalid', () => request(Buffer.alloc(0))],
  ['blank', 'payload-invalid', () => signed(Buffer.from('   '))],
];

export const METHODS: Case[] = ['GET', 'PUT', 'PATCH', 'DELETE'].map((method) => [
  method,
  // Strapi looks for a file where it knows no route for a GET.
  method === 'GET' ? 'no-page' : 'no-route',
  () => {
    const body = print(anEvent());
    return request(body, sign(body), { method });
  },
]);

const ignored = (name: string, changes: Record<string, unknown>): Case => [
  name,
  'ignored',
  () => signed(print(anEvent(changes))),
];

/** Rightly made, and not for us: one row of the inbox, marked `ignored`, and nothing else. */
export const FOREIGN: Case[] = [
  ignored('of the other mode', { livemode: true }),
  ignored('of a connected account', { account: 'acct_connected' }),
  ignored('of a connected account and the other mode', { account: 'acct_two', livemode: true }),
  ignored('of a type nobody knows', { type: 'wish.granted' }),
  ignored('of a type called as the prototype', { type: '__proto__' }),
  ignored('about an object without an id', { data: { object: { object: 'subscription' } } }),
  ignored('about a subscription that never was', {}),
  ignored('about an invoice of a subscription that never was', {
    type: 'invoice.paid',
    data: {
      object: {
        id: 'in_forged',
        object: 'invoice',
        status: 'paid',
        parent: { subscription_details: { subscription: 'sub_forged' } },
      },
    },
  }),
  ignored('about a checkout that never was', {
    type: 'checkout.session.completed',
    data: { object: { id: 'cs_test_forged', object: 'checkout.session', payment_status: 'paid' } },
  }),
  ignored('about a subscription that leads elsewhere', {
    data: { object: { id: 'sub_x/../../accounts', object: 'subscription' } },
  }),
];
