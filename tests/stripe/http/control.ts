import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Simulator } from '../simulator';
import { bankDoors } from './control-bank';
import { StripeFailure } from './errors';
import { number, text, type Given } from './given';
import { readPlan } from '../faults/read-plan';
import { readBody } from './request';

/** `/_sim/…`: the simulator's own controls, in JSON, for who drives it from another process. */
export function createControl(simulator: Simulator) {
  const clock = () => ({ now: simulator.now(), seconds: Math.floor(simulator.now() / 1000) });

  const doors: Record<string, (given: Given, url: URL) => unknown> = {
    ...bankDoors(simulator),
    'GET /_sim/clock': clock,
    'POST /_sim/clock': async (given) => {
      const settle = given.settle === true;
      const to = number(given, 'to');
      const seconds = number(given, 'advance');
      if (to !== undefined) await simulator.advance({ to: to * 1000 }, { settle });
      else if (seconds !== undefined) await simulator.advance(seconds * 1000, { settle });
      else throw new StripeFailure(400, badRequest('Give `advance` (seconds) or `to` (unix).'));
      return clock();
    },
    'POST /_sim/idle': async () => {
      await simulator.idle();
      return { idle: true };
    },
    'GET /_sim/deliveries': () => ({ deliveries: simulator.deliveries() }),
    'GET /_sim/violations': () => ({ violations: simulator.violations }),
    'POST /_sim/pay': (given) => {
      const outcome = text(given, 'outcome') === 'decline' ? 'decline' : 'pay';
      const [email, card] = [text(given, 'email'), text(given, 'card')];
      const promotionCode = text(given, 'promotionCode');
      const iban = text(given, 'iban');
      return simulator.pay(text(given, 'session') ?? '', {
        outcome,
        ...(email ? { email } : {}),
        ...(card ? { card } : {}),
        ...(promotionCode ? { promotionCode } : {}),
        ...(iban ? { iban } : {}),
      });
    },
    'POST /_sim/webhooks': (given) => {
      const secret = text(given, 'secret');
      const apiVersion = text(given, 'apiVersion');
      return simulator.addWebhook(text(given, 'url') ?? '', {
        livemode: given.livemode === true,
        ...(secret ? { secret } : {}),
        ...(apiVersion ? { apiVersion } : {}),
        ...(Array.isArray(given.events) ? { events: given.events.map(String) } : {}),
      });
    },
    'POST /_sim/faults': (given) => {
      const plan = readPlan(given);
      simulator.faults.set(plan);
      return plan;
    },
    'DELETE /_sim/faults': () => {
      simulator.faults.clear();
      return { cleared: true };
    },
    'GET /_sim/faults/log': () => ({ log: simulator.faults.log }),
    'POST /_sim/authenticate': (given) => {
      simulator.authenticate(text(given, 'intent') ?? '', given.agrees !== false);
      return { answered: true };
    },
    'POST /_sim/resend': (given) => {
      simulator.resend(text(given, 'event') ?? '');
      return { sent: true };
    },
  };

  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const door = doors[`${request.method} ${url.pathname}`];
    const body = await readBody(request);
    try {
      if (!door) throw new StripeFailure(404, badRequest(`No ${request.method} ${url.pathname}`));
      send(response, 200, await door(parse(body), url));
    } catch (error) {
      const known = error instanceof StripeFailure;
      const message = error instanceof Error ? error.message : String(error);
      send(response, known ? error.status : 500, { error: known ? error.body : { message } });
    }
  };
}

function badRequest(message: string) {
  return { type: 'invalid_request_error' as const, message };
}

function parse(body: string): Given {
  if (body.trim() === '') return {};
  const parsed: unknown = JSON.parse(body);
  if (typeof parsed !== 'object' || parsed === null) {
    throw new StripeFailure(400, badRequest('The body is no JSON object.'));
  }
  return { ...parsed };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body, null, 2));
}
