/** A difference between a recording and the simulator that is not a fault of the simulator. */
export interface Exception {
  kind: string;
  at: RegExp;
  /** In which recordings; all when absent. */
  recording?: RegExp;
  why: string;
}

export const exceptions: Exception[] = [
  {
    kind: 'type',
    at: /^charge\.balance_transaction$/,
    recording: /can_pass_shipping_information/,
    why: 'Stripe books the balance of an `automatic_async` payment some moments after its answer. In this recording the next call came sooner than that; in the others, as here, it was booked.',
  },
];
