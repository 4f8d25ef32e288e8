/** What the parts of the platform say of how far an installation is; undefined: nobody could say. */
export type SetupFacts = Readonly<{
  factors: number | undefined;
  /** Ways to pay, and whether no real money moves by them. */
  payments: readonly Readonly<{ is_test: boolean }>[] | undefined;
  /** Whether mails are kept here instead of being sent. */
  areMailsCaptured: boolean | undefined;
  shippingMethods: number | undefined;
  taxRates: number | undefined;
  ownProducts: number | undefined;
}>;

export type SetupStep = Readonly<{
  key: 'factor' | 'product' | 'shipping' | 'taxes' | 'payments' | 'mail';
  to: string;
  /** Of another application than the back office. */
  isDocument: boolean;
  isDone: boolean;
}>;

const isSome = (count: number | undefined): boolean | undefined =>
  count === undefined ? undefined : count > 0;

/** What is still to be done, in the order in which it matters; what nobody knows is left out. */
export const setupSteps = (facts: SetupFacts): readonly SetupStep[] => {
  const { payments, areMailsCaptured } = facts;
  const steps = [
    ['factor', '/cuenta/seguridad', true, isSome(facts.factors)],
    ['product', '/admin/productos', false, isSome(facts.ownProducts)],
    ['shipping', '/admin/ajustes/envios', false, isSome(facts.shippingMethods)],
    ['taxes', '/admin/ajustes', false, isSome(facts.taxRates)],
    ['payments', '/admin/pagos', false, payments?.some((way) => !way.is_test)],
    [
      'mail',
      '/sistema/correo',
      true,
      areMailsCaptured === undefined ? undefined : !areMailsCaptured,
    ],
  ] as const;
  return steps.flatMap(([key, to, isDocument, isDone]) =>
    isDone === undefined ? [] : [{ key, to, isDocument, isDone }],
  );
};
