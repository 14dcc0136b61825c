import { createServer, type Server } from 'node:http';
import Stripe from 'stripe';
import { createHandler } from './http/server';
import { createSimulator, type Simulator, type SimulatorOptions } from './simulator';

export type { Completed, Payment } from './engine/checkout';
export type { Delivery } from './events/delivery';
export type { EventRecord } from './types';
export type { Simulator, SimulatorOptions } from './simulator';

export interface StartOptions extends SimulatorOptions {
  /** 0, any free one, when absent. */
  port?: number;
  /** The test-mode key; other `sk_test_…` keys are refused. */
  secretKey?: string;
  liveSecretKey?: string;
  /** Where to send webhooks from the start (test mode, every event). */
  webhook?: { url: string; secret?: string; events?: string[] };
}

export interface StripeSimulator extends Omit<Simulator, 'stop'> {
  /** `http://127.0.0.1:PORT`. */
  url: string;
  secretKey: string;
  liveSecretKey: string;
  /** The secret of the endpoint given as `webhook`. */
  webhookSecret: string | undefined;
  close(): Promise<void>;
}

/** Starts the simulator on a port of this machine. */
export async function startStripe(options: StartOptions = {}): Promise<StripeSimulator> {
  const secretKey = options.secretKey ?? 'sk_test_simulator_0123456789';
  const liveSecretKey = options.liveSecretKey ?? 'sk_live_simulator_0123456789';
  let url = '';
  const simulator = createSimulator(options, () => url);
  const server = createServer(createHandler(simulator, new Set([secretKey, liveSecretKey])));
  const port = await listen(server, options.port ?? 0);
  url = `http://127.0.0.1:${port}`;
  // A clock that runs by itself makes things happen without anybody calling.
  const tick = options.now === undefined ? setInterval(() => simulator.catchUp(), 1000) : undefined;
  tick?.unref();
  const endpoint = options.webhook && simulator.addWebhook(options.webhook.url, options.webhook);
  const { stop, ...rest } = simulator;
  return {
    ...rest,
    url,
    secretKey,
    liveSecretKey,
    webhookSecret: endpoint?.secret,
    close: async () => {
      clearInterval(tick);
      await stop();
      await shut(server);
    },
  };
}

/** The official library, pointed at the simulator. */
export function stripeClient(
  simulator: { url: string; secretKey: string },
  config: Stripe.StripeConfig & { key?: string } = {}
): Stripe {
  const { key = simulator.secretKey, ...rest } = config;
  const { hostname, port } = new URL(simulator.url);
  return new Stripe(key, {
    host: hostname,
    port: Number(port),
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
    ...rest,
  });
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
