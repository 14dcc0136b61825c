import { parseArgs } from 'node:util';
import { startStripe } from './index';

/** `npm run stripe -- --port 4242 --webhook http://localhost:1337/api/memberships/webhook` */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4242' },
      webhook: { type: 'string' },
      secret: { type: 'string' },
    },
  });
  const simulator = await startStripe({
    port: Number(values.port),
    ...(values.webhook
      ? { webhook: { url: values.webhook, ...(values.secret ? { secret: values.secret } : {}) } }
      : {}),
  });
  const lines = [
    `Stripe, simulated, at ${simulator.url}`,
    `STRIPE_API_BASE=${simulator.url}`,
    `STRIPE_SECRET_KEY=${simulator.secretKey}`,
    ...(simulator.webhookSecret ? [`STRIPE_WEBHOOK_SECRET=${simulator.webhookSecret}`] : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
