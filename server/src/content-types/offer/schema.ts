/**
 * A promotion: mirrors a Stripe Coupon, or a Promotion Code together with the coupon it stands for (then
 * `code` is set). Amounts in minor units. `expiresAt` is the earlier of the code's and the coupon's end;
 * `appliesTo` names Stripe's products, null for all.
 */
export const schema = {
  kind: 'collectionType',
  collectionName: 'memberships_offers',
  info: {
    singularName: 'offer',
    pluralName: 'offers',
    displayName: 'Offer',
  },
  options: {
    draftAndPublish: false,
  },
  pluginOptions: {
    'content-manager': {
      visible: false,
    },
    'content-type-builder': {
      visible: false,
    },
  },
  indexes: [
    {
      name: 'memberships_offers_stripe_uq',
      type: 'unique',
      columns: ['stripe_id', 'account', 'livemode'],
    },
    {
      name: 'memberships_offers_coupon_idx',
      columns: ['coupon'],
    },
  ],
  attributes: {
    name: {
      type: 'string',
    },
    code: {
      type: 'text',
    },
    coupon: {
      type: 'string',
    },
    percentOff: {
      type: 'float',
    },
    amountOff: {
      type: 'biginteger',
    },
    currency: {
      type: 'string',
    },
    duration: {
      type: 'string',
    },
    durationInMonths: {
      type: 'integer',
    },
    maxRedemptions: {
      type: 'integer',
    },
    timesRedeemed: {
      type: 'integer',
      default: 0,
    },
    expiresAt: {
      type: 'datetime',
    },
    active: {
      type: 'boolean',
      default: true,
    },
    appliesTo: {
      type: 'json',
    },
    customer: {
      type: 'string',
    },
    restrictions: {
      type: 'json',
    },
    stripeId: {
      type: 'string',
    },
    account: {
      type: 'string',
    },
    livemode: {
      type: 'boolean',
    },
  },
} as const;
