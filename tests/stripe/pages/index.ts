import type { IncomingMessage, ServerResponse } from 'node:http';
import { StripeFailure } from '../http/errors';
import { parseForm, readBody } from '../http/request';
import type { Simulator } from '../simulator';
import type { PortalSession } from '../types';
import type { World } from '../world';
import { cancelInPortal, changeCardInPortal, renewInPortal, switchInPortal } from './actions';
import { checkoutPage, closedPage } from './checkout';
import { html } from './html';
import { invoicePage } from './invoice';
import { layout } from './layout';
import { portalPage } from './portal';

interface Page {
  status: number;
  body?: string;
  /** Where the browser goes instead. */
  location?: string;
}

type Form = (name: string) => string;

/** The pages Stripe would host: Checkout, the customer portal, invoices. */
export function createPages(simulator: Simulator) {
  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const fields = parseForm(await readBody(request));
    const form: Form = (name) => {
      const value = fields[name];
      return typeof value === 'string' ? value.trim() : '';
    };
    simulator.catchUp();
    const [, room = '', kind = '', id = '', action = ''] = url.pathname.split('/');
    const posted = request.method === 'POST';
    const page =
      room === 'c' && kind === 'pay'
        ? checkout(id, posted, form)
        : room === 'p' && kind === 'session'
          ? portal(id, posted ? action : '', form)
          : room === 'i'
            ? invoice(kind)
            : missing();
    response.statusCode = page.status;
    if (page.location) response.setHeader('location', page.location);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader('cache-control', 'no-store');
    response.end(page.body ?? '');
  };

  function checkout(id: string, posted: boolean, form: Form): Page {
    const world = simulator.worldFor(id.startsWith('cs_live_'));
    const session = world.tables.checkoutSessions.get(id);
    if (!session || session.status !== 'open') {
      return { status: session ? 410 : 404, body: closedPage(session) };
    }
    if (!posted) return { status: 200, body: checkoutPage(world, session) };
    const email = form('email');
    const again = (status: number, error: string): Page => ({
      status,
      body: checkoutPage(world, session, { email, error }),
    });
    try {
      const done = simulator.pay(id, {
        outcome: form('outcome') === 'decline' ? 'decline' : 'pay',
        ...(email ? { email } : {}),
        ...(form('code') ? { promotionCode: form('code') } : {}),
        ...(form('card') ? { card: form('card') } : {}),
        ...(form('iban') ? { iban: form('iban') } : {}),
      });
      if (done.outcome === 'declined') return again(402, done.message);
      const target = (session.success_url ?? '/').replaceAll('{CHECKOUT_SESSION_ID}', id);
      return { status: 303, location: target };
    } catch (error) {
      if (error instanceof StripeFailure) return again(400, error.message);
      throw error;
    }
  }

  function portal(id: string, action: string, form: Form): Page {
    const world = simulator.worldFor(id.startsWith('live_'));
    const session = portalSession(world, id);
    if (!session) return missing();
    const base = `/p/session/${id}`;
    try {
      const subscription = form('subscription');
      if (action === 'cancel') {
        const given = { subscription, feedback: form('feedback'), comment: form('comment') };
        cancelInPortal(world, session, given);
      } else if (action === 'renew') renewInPortal(world, session, subscription);
      else if (action === 'card') changeCardInPortal(world, session, form('card'));
      else if (action === 'switch') {
        switchInPortal(world, session, subscription, form('price'));
      } else return { status: 200, body: portalPage(world, session, base) };
      return { status: 303, location: base };
    } catch (error) {
      if (!(error instanceof StripeFailure)) throw error;
      return { status: error.status, body: portalPage(world, session, base, error.message) };
    }
  }

  function invoice(id: string): Page {
    const found =
      simulator.worldFor(false).tables.invoices.get(id) ??
      simulator.worldFor(true).tables.invoices.get(id);
    return found ? { status: 200, body: invoicePage(found) } : missing();
  }
}

/** By the end of its link, or by its id. */
function portalSession(world: World, id: string): PortalSession | undefined {
  return (
    world.tables.portalSessions.get(id) ??
    world.tables.portalSessions.filter((row) => row.url.endsWith(`/${id}`))[0]
  );
}

function missing(): Page {
  return {
    status: 404,
    body: layout(
      'Not found',
      html`<section class="card"><h1>There is nothing here.</h1></section>`
    ),
  };
}
