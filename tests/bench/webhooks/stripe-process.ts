import { fork } from 'node:child_process';
import path from 'node:path';
import type { FromStripe, Order, Sent } from './protocol';

export interface StripeProcess {
  url: string;
  secretKey: string;
  tell(order: Order): Promise<Sent>;
  stop(): void;
}

interface Waiting {
  resolve: (sent: Sent) => void;
  reject: (error: Error) => void;
}

/** Starts the simulator and the sender of deliveries beside the site. */
export const startStripeProcess = async (): Promise<StripeProcess> => {
  const child = fork(path.join(__dirname, 'stripe.ts'), { stdio: ['ignore', 2, 2, 'ipc'] });
  const waiting = new Map<number, Waiting>();
  let number = 0;
  const ready = await new Promise<{ url: string; secretKey: string }>((resolve, reject) => {
    child.once('exit', (code) => {
      reject(new Error(`Stripe's process ended with ${code}`));
      for (const one of waiting.values()) one.reject(new Error("Stripe's process ended"));
    });
    child.on('message', (message: FromStripe) => {
      if ('ready' in message) return resolve(message.ready);
      const asked = waiting.get(message.id);
      waiting.delete(message.id);
      if ('error' in message) asked?.reject(new Error(message.error));
      else asked?.resolve(message.sent);
    });
  });
  return {
    ...ready,
    tell: (order) =>
      new Promise((resolve, reject) => {
        number += 1;
        waiting.set(number, { resolve, reject });
        child.send({ id: number, order });
      }),
    stop: () => void child.kill(),
  };
};
