/**
 * What joins the events of one process: `correlationId` is the same for all of them (for a
 * purchase, the order's id), `causationId` is the message that this one answers.
 */
export type Trace = Readonly<{
  correlationId: string;
  causationId?: string;
  /** W3C Trace Context header of the request that began it. */
  traceparent?: string;
}>;

/**
 * Marks an effect as the answer to one delivered message, so that it happens once however often
 * the message comes. The store saves it in the effect's own transaction.
 */
export type Delivery = Readonly<{ consumer: string; messageId: string; trace: Trace }>;
