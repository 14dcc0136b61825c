/** What both kinds of rule say about when they strike. */
interface Strikes {
  /** 0 to 1; always when absent. */
  probability?: number;
  /** How often at most. */
  count?: number;
  /** How many matching ones pass first. */
  skip?: number;
}

/** What goes wrong with a call of the API. */
export interface ApiFault extends Strikes {
  /**
   * `rate_limit`: 429 with `Retry-After`. `error`: 500. `timeout`: no answer, ever. `slow`: the
   * answer, late. `half`: the connection is cut in the middle of the answer. `bare`: a body without
   * `error`.
   */
  kind: 'rate_limit' | 'error' | 'timeout' | 'slow' | 'half' | 'bare';
  /** A regular expression on `POST /v1/customers/cus_…`; every call when absent. */
  call?: string;
  /** Whether the call takes effect all the same. `slow` and `half` always do, `rate_limit` never. */
  done?: boolean;
  /** Milliseconds, of `slow`. */
  delay?: number;
  /** Seconds, of `rate_limit`. */
  retryAfter?: number;
}

/** What goes wrong with the delivery of an event to an endpoint. */
export interface DeliveryFault extends Strikes {
  /**
   * `drop`: never sent. `duplicate`: sent several times. `delay`: late. `reorder`: after some that
   * came later. `corrupt`, `wrong_secret`, `old_timestamp`, `future_timestamp`: the first attempt is
   * bad, retries are good. `version`: in another API version than the endpoint's.
   */
  kind:
    | 'drop'
    | 'duplicate'
    | 'delay'
    | 'reorder'
    | 'corrupt'
    | 'wrong_secret'
    | 'old_timestamp'
    | 'future_timestamp'
    | 'version';
  /** Types, or groups such as `invoice.*`; all when absent. */
  events?: string[];
  /** How many more, of `duplicate`: 1. */
  copies?: number;
  /** Milliseconds, of `delay` (100) and the longest a reordered one waits (250). */
  delay?: number;
  /** How many overtake it, of `reorder`: 1. */
  by?: number;
  /** Seconds, of the timestamps: 600. */
  seconds?: number;
  /** The API version, of `version`. */
  version?: string;
}

export interface FaultPlan {
  /** The same seed strikes the same ones. */
  seed?: number;
  api?: ApiFault[];
  delivery?: DeliveryFault[];
}

/** One thing that was made to go wrong. */
export interface Injected {
  on: 'api' | 'delivery';
  kind: string;
  /** Milliseconds, of the machine's clock. */
  at: number;
  /** `POST /v1/customers`, of a call. */
  call?: string;
  /** Of a delivery. */
  event?: string;
  type?: string;
  endpoint?: string;
}
