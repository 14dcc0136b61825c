import type { DeliveryFault } from '../faults/plan';
import { signatureHeader } from './delivery';

export interface Sent {
  payload: string;
  signature: string;
}

/** A payload signed as Stripe does, or as the faults that struck it have it. */
export function sign(
  payload: string,
  secret: string,
  faults: DeliveryFault[],
  nowSeconds: number
): Sent {
  const has = (kind: DeliveryFault['kind']) => faults.find((fault) => fault.kind === kind);
  const old = has('old_timestamp');
  const future = has('future_timestamp');
  const timestamp =
    nowSeconds - (old ? (old.seconds ?? 600) : 0) + (future ? (future.seconds ?? 600) : 0);
  const signedWith = has('wrong_secret') ? 'whsec_of_somebody_else' : secret;
  const signature = signatureHeader(payload, signedWith, timestamp);
  return { payload: has('corrupt') ? corrupted(payload) : payload, signature };
}

/** One byte in the middle is another. */
function corrupted(payload: string): string {
  const middle = Math.floor(payload.length / 2);
  const other = payload.charAt(middle) === '0' ? '1' : '0';
  return `${payload.slice(0, middle)}${other}${payload.slice(middle + 1)}`;
}
