const siteHook = require('../site-hook');
const { mailboxPage } = require('../demo/mailbox-page');
const { readMailbox } = require('../mailbox');

const state = (desk) => ({
  now: new Date(desk.now()).toISOString(),
  movesTime: Boolean(desk.advance),
  admin: Boolean(desk.admin),
});

/** A whole number of days or months to go forward; a year at most. */
const stepOf = (body) => {
  const { days = 0, months = 0 } = body ?? {};
  const fine = [days, months].every((value) => Number.isInteger(value) && value >= 0);
  return fine && days + months > 0 && days <= 366 && months <= 12 ? { days, months } : null;
};

const DOORS = {
  'GET /demo/state': (ctx, desk) => {
    ctx.body = state(desk);
  },
  'POST /demo/time': async (ctx, desk) => {
    const step = stepOf(ctx.request.body);
    if (!desk.advance) ctx.throw(409, 'Real Stripe keeps its own time');
    if (!step) ctx.throw(400, 'Give `days` or `months`, whole numbers');
    await desk.advance(step);
    ctx.body = state(desk);
  },
  'GET /demo/mailbox': async (ctx) => {
    ctx.type = 'html';
    ctx.body = mailboxPage(await readMailbox());
  },
  'GET /demo/mailbox.json': async (ctx) => {
    ctx.body = await readMailbox();
  },
};

/** The demo's own pages; there are none unless the program that booted the site has a desk. */
module.exports = () => async (ctx, next) => {
  const { desk } = siteHook();
  const door = DOORS[`${ctx.method} ${ctx.path}`];
  if (!desk || !door) return next();
  ctx.set('Cache-Control', 'no-store');
  await door(ctx, desk);
};
