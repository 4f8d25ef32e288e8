import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reply, Request } from './http.ts';

/** What the buyer does on the page, and what becomes of it. */
export const purchaseActs = [
  ['pays', 40],
  ['is declined and pays', 12],
  ['pays twice', 12],
  ['is declined', 8],
  ['pays slowly', 10],
  ['goes away', 6],
  ['pays and cancels', 6],
  ['pays and disputes', 6],
] as const;
export type PurchaseAct = (typeof purchaseActs)[number][0];

type Preference = Readonly<{ payment_id: string; preference_id: string; order_id: string }>;
type Options = Readonly<{
  ask: (make: () => Request, person?: number) => Promise<Reply>;
  tokenOf: (person: number) => string;
  simulate: <T>(method: string, path: string, body?: object) => Promise<T>;
  random: () => number;
}>;

/** People who buy on the provider's page. */
export const createPurchases = ({ ask, tokenOf, simulate, random }: Options) => {
  const placeOrder = async (n: number, buyer: number, variant: string): Promise<Preference> => {
    const placed = await ask(
      () => ({
        method: 'POST',
        path: '/orders',
        token: tokenOf(buyer),
        body: { items: [{ variant_id: variant, quantity: 1 }] },
        headers: { 'idempotency-key': `order-${n}` },
      }),
      buyer,
    );
    assert.equal(placed.status, 201, placed.text);
    const id = String(placed.body['id']);
    for (;;) {
      const reply = await ask(
        () => ({
          method: 'POST',
          path: '/mercadopago/create-preference',
          token: tokenOf(buyer),
          body: { order_id: id },
          headers: { 'idempotency-key': `pay-${n}` },
        }),
        buyer,
      );
      if (reply.status === 201) return reply.body as Preference;
      // The order has not yet asked for its payment.
      assert.equal(reply.body['code'], 'payments.order_not_payable', reply.text);
      await sleep(50);
    }
  };

  const payAtProvider = (
    preference: Pick<Preference, 'preference_id'>,
    status: string,
  ): Promise<{ id: number }> =>
    simulate('POST', `/preferences/${preference.preference_id}/pay`, { status });
  const approved = new Set<string>();
  const payFor = async (
    preference: Pick<Preference, 'preference_id' | 'payment_id'>,
  ): Promise<number> => {
    const { id } = await payAtProvider(preference, 'approved');
    approved.add(preference.payment_id);
    return id;
  };

  const act = async (
    n: number,
    plan: Readonly<{ act: PurchaseAct; buyer: number; variant: string }>,
  ): Promise<void> => {
    const preference = await placeOrder(n, plan.buyer, plan.variant);
    const pay = (): Promise<number> => payFor(preference);
    switch (plan.act) {
      case 'goes away':
        return;
      case 'is declined':
        await payAtProvider(preference, 'rejected');
        return;
      case 'is declined and pays':
        await payAtProvider(preference, 'rejected');
        await pay();
        return;
      case 'pays':
        await pay();
        return;
      case 'pays twice':
        await Promise.all([pay(), pay()]);
        return;
      case 'pays slowly': {
        const { id } = await payAtProvider(preference, 'in_process');
        await sleep(random() * 500);
        await simulate('POST', `/payments/${id}/decide`, { status: 'approved' });
        approved.add(preference.payment_id);
        return;
      }
      case 'pays and cancels':
        await Promise.all([
          pay(),
          ask(
            () => ({
              method: 'POST',
              path: `/orders/${preference.order_id}/cancel`,
              token: tokenOf(plan.buyer),
            }),
            plan.buyer,
          ),
        ]);
        return;
      case 'pays and disputes':
        await simulate('POST', `/payments/${await pay()}/chargeback`);
        return;
    }
  };

  /** `approved` are the payments of which a buyer saw an approval at the provider. */
  return { act, payFor, approved };
};
