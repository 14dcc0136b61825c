import type { StripeSimulator } from '../stripe';
import { IBANS } from './deeds';
import type { Dice } from './dice';
import type { Person } from './people';
import { at } from './reading';
import type { Time } from './time';

/** The site as a browser meets it; every call may fail while it is down. */
export interface Front {
  /** Whether the person has an account now. */
  register(person: Person): Promise<boolean>;
  /** Checks out and pays. @returns whether something was bought */
  buy(person: Person, price: string): Promise<boolean>;
}

const PASSWORD = 'Secret-1234';

interface Answer {
  status: number;
  body: unknown;
}

/** As an account that has switched them on for its checkouts. */
const offerDebits = (sim: StripeSimulator, id: string): void => {
  const { checkoutSessions } = sim.worldFor(false).tables;
  const session = checkoutSessions.get(id);
  if (!session) return;
  checkoutSessions.put({ ...session, payment_method_types: ['card', 'sepa_debit'] });
};

export const openFront = (url: string, sim: StripeSimulator, dice: Dice, time: Time): Front => {
  /** null when nobody answers. */
  const post = async (
    path: string,
    body: object,
    token?: string | null
  ): Promise<Answer | null> => {
    try {
      const answer = await time.during(
        fetch(`${url}/api/${path}`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...(token && { authorization: `Bearer ${token}` }),
          },
          body: JSON.stringify(body),
        })
      );
      return { status: answer.status, body: await answer.json().catch(() => null) };
    } catch {
      return null;
    }
  };

  return {
    async register(person) {
      const { name: username, email } = person;
      const made = await post('auth/local/register', { username, email, password: PASSWORD });
      // Registered before, and the answer was lost with the site.
      const answer =
        made?.status === 200
          ? made
          : await post('auth/local', { identifier: email, password: PASSWORD });
      const token = at(answer?.body, 'jwt');
      person.token = typeof token === 'string' ? token : null;
      return person.token !== null;
    },
    async buy(person, price) {
      const answer = await post(
        'memberships/checkout',
        { price, successUrl: `${url}/thanks`, cancelUrl: `${url}/plans` },
        person.token
      );
      const session = at(answer?.body, 'data', 'sessionId');
      if (typeof session !== 'string') return false;
      // Some close the page, some cards are refused, some only later.
      if (dice.happens(0.1)) return false;
      const iban = dice.happens(0.1) ? dice.pick(IBANS) : null;
      if (iban) offerDebits(sim, session);
      const card = dice.happens(0.15) ? 'pm_card_chargeCustomerFail' : 'pm_card_visa';
      const outcome = dice.happens(0.1) ? 'decline' : 'pay';
      const paid = sim.pay(session, {
        email: person.email,
        name: person.name,
        outcome,
        card,
        ...(iban && { iban }),
      });
      if (paid.outcome !== 'paid') return false;
      person.sessions.push(session);
      if (dice.happens(0.5)) await post('memberships/checkout/sync', { sessionId: session });
      return true;
    },
  };
};
