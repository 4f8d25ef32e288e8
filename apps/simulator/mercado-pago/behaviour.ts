import { Type, type Static } from 'typebox';

const chance = Type.Number({ minimum: 0, maximum: 1 });
const weight = Type.Number({ minimum: 0, maximum: 1_000 });
const milliseconds = Type.Integer({ minimum: 0, maximum: 600_000 });

/** What goes wrong with a call; `after` is after the effect, which then stands in the books. */
export const callFaults = [
  'timeout_before',
  'timeout_after',
  'error_before',
  'error_after',
  'reset_before',
  'reset_after',
  'rate_limited',
  'slow',
] as const;
export type CallFault = (typeof callFaults)[number];

/** How a notification is delivered. */
export const deliveries = [
  'on_time',
  'late',
  'twice',
  'ten_times',
  'reordered',
  'before_answer',
  'never',
] as const;
export type Delivery = (typeof deliveries)[number];

export const calls = [
  'create_preference',
  'get_preference',
  'create_payment',
  'get_payment',
  'search_payments',
  'update_payment',
  'refund',
  'get_refund',
  'list_refunds',
  'get_merchant_order',
  'search_merchant_orders',
  'get_chargeback',
  'list_reports',
  'request_report',
  'get_report',
  'token',
] as const;
export type CallName = (typeof calls)[number];

const oneOf = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values] });

const table = <const T extends readonly string[]>(names: T, value: typeof chance) =>
  Type.Unsafe<Partial<Record<T[number], number>>>({
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(names.map((name) => [name, value])),
  });

const strict = { additionalProperties: false } as const;

/** How the simulator behaves from now on; what is not named stays as it was. */
export const behaviourSchema = Type.Object(
  {
    /** Starts the dice anew, so that a run can be repeated. */
    seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 4_294_967_295 })),
    /** Weights: `{ late: 1, twice: 3 }` is late once in four times. None at all is on time. */
    webhooks: Type.Optional(table(deliveries, weight)),
    /** Chances of each fault in a call; in sum at most 1. */
    calls: Type.Optional(table(callFaults, chance)),
    /** Faults of the next calls, each used once by the first call of its name. */
    next: Type.Optional(
      Type.Array(
        Type.Object(
          {
            call: oneOf(calls),
            fault: Type.Optional(oneOf(callFaults)),
            /** Refuses with this code of Mercado Pago, such as 2024. */
            refuse: Type.Optional(Type.Integer({ minimum: 1, maximum: 99_999 })),
          },
          strict,
        ),
        { maxItems: 1_000 },
      ),
    ),
    /** Which spelling of an id with letters is signed. */
    signed_id: Type.Optional(oneOf(['as_sent', 'lower_case', 'both'] as const)),
    ts_unit: Type.Optional(oneOf(['seconds', 'milliseconds', 'both'] as const)),
    /** Chances of a refund that takes its time, and of one that fails in the end. */
    refunds_in_process: Type.Optional(chance),
    refunds_failing: Type.Optional(chance),
    refund_settles_ms: Type.Optional(milliseconds),
    late_ms: Type.Optional(milliseconds),
    retry_ms: Type.Optional(milliseconds),
    hang_ms: Type.Optional(milliseconds),
    slow_ms: Type.Optional(milliseconds),
    search_lag_ms: Type.Optional(milliseconds),
  },
  strict,
);
export type BehaviourChange = Static<typeof behaviourSchema>;
export type Behaviour = Required<BehaviourChange>;
export type NextFault = Behaviour['next'][number];

/** Everything in its place, as a newcomer wants it. */
export const calm: Behaviour = {
  seed: 1,
  webhooks: { on_time: 1 },
  calls: {},
  next: [],
  signed_id: 'as_sent',
  ts_unit: 'seconds',
  refunds_in_process: 0,
  refunds_failing: 0,
  refund_settles_ms: 2_000,
  late_ms: 3_000,
  retry_ms: 2_000,
  hang_ms: 30_000,
  slow_ms: 1_500,
  search_lag_ms: 0,
};

/** Every misbehaviour at once, as a stress run wants it. */
export const chaos: BehaviourChange = {
  webhooks: Object.fromEntries(deliveries.map((name) => [name, 1])),
  calls: Object.fromEntries(callFaults.map((name) => [name, 0.03])),
  signed_id: 'both',
  ts_unit: 'both',
  refunds_in_process: 0.2,
  refunds_failing: 0.05,
  search_lag_ms: 500,
};

/** Numbers from 0 to below 1, the same ones for the same seed (mulberry32). */
export const createDice = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** What is decided anew each time, by the behaviour of the moment. */
export type Chooser = Readonly<{
  now: () => Behaviour;
  change: (to: BehaviourChange) => Behaviour;
  delivery: () => Delivery;
  fault: (call: CallName) => Omit<NextFault, 'call'>;
  signedId: () => 'as_sent' | 'lower_case';
  tsUnit: () => 'seconds' | 'milliseconds';
  isRefundInProcess: () => boolean;
  /** How a refund in process ends. */
  isRefundFailing: () => boolean;
  lateMs: () => number;
}>;

export const createChooser = (initial: BehaviourChange = {}): Chooser => {
  let behaviour: Behaviour = { ...calm, ...initial };
  let roll = createDice(behaviour.seed);
  let next = [...behaviour.next];

  const pick = <Name extends string>(
    table_: Partial<Record<Name, number>>,
    total: number,
    otherwise: Name,
  ): Name => {
    let at = roll() * total;
    for (const [name, share] of Object.entries(table_) as [Name, number][]) {
      if (at < share) return name;
      at -= share;
    }
    return otherwise;
  };
  const either = <T>(choice: T | 'both', one: T, other: T): T =>
    choice === 'both' ? (roll() < 0.5 ? one : other) : choice;

  return {
    now: () => ({ ...behaviour, next }),
    change: (to) => {
      behaviour = { ...behaviour, ...to };
      if (to.seed !== undefined) roll = createDice(to.seed);
      if (to.next) next = [...to.next];
      return { ...behaviour, next };
    },
    delivery: () => {
      const total = Object.values(behaviour.webhooks).reduce((sum, one) => sum + one, 0);
      return pick(behaviour.webhooks, total, 'on_time');
    },
    fault: (call) => {
      const index = next.findIndex((one) => one.call === call);
      if (index >= 0) {
        const [{ call: _call, ...fault }] = next.splice(index, 1) as [NextFault];
        return fault;
      }
      const name = pick<CallFault | 'none'>(behaviour.calls, 1, 'none');
      return name === 'none' ? {} : { fault: name };
    },
    signedId: () => either(behaviour.signed_id, 'as_sent', 'lower_case'),
    tsUnit: () => either(behaviour.ts_unit, 'seconds', 'milliseconds'),
    isRefundInProcess: () => roll() < behaviour.refunds_in_process,
    isRefundFailing: () => roll() < behaviour.refunds_failing,
    lateMs: () => Math.round(roll() * behaviour.late_ms),
  };
};
