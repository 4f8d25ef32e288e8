/** An answer that a client got and relies on; `text` is all of it, byte for byte. */
export type AcknowledgedOrder = Readonly<{
  n: number;
  id: string;
  total: string;
  text: string;
}>;
export type AcknowledgedPayment = Readonly<{
  n: number;
  id: string;
  orderId: string;
  status: string;
  card: string;
  httpStatus: number;
  text: string;
}>;
export type AcknowledgedStatus = Readonly<{
  orderId: string;
  status: 'shipped' | 'delivered' | 'cancelled';
}>;

/** What clients were told, which no crash may take back. */
export const createJournal = () => {
  const orders: AcknowledgedOrder[] = [];
  const payments: AcknowledgedPayment[] = [];
  const statuses: AcknowledgedStatus[] = [];
  return {
    orders,
    payments,
    statuses,
    /** Answers of no purchase story: each is a fault. */
    surprises: [] as string[],
    length: (): number => orders.length + payments.length + statuses.length,
  };
};

export type Journal = ReturnType<typeof createJournal>;
