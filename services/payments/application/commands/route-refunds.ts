import type { PaymentProvider } from '../ports.ts';

/** Sends each refund to the provider that took its charge; one that is not connected says nothing. */
export const routeRefunds = (
  provider: PaymentProvider,
  others: Readonly<Record<string, PaymentProvider['refund'] | undefined>>,
): Pick<PaymentProvider, 'refund'> => ({
  refund: async (request) => {
    if (request.provider === provider.name) return provider.refund(request);
    const refund = others[request.provider];
    return refund ? refund(request) : { is: 'pending' };
  },
});
