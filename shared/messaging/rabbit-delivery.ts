import { createHash } from 'node:crypto';
import { parseJson } from '../kernel/parse-json.ts';
import type { AsyncMessage } from 'rabbitmq-client';
import type { Message } from './message.ts';

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The body as text, and what it says when that is JSON. */
const read = ({ body }: { body: unknown }): Readonly<{ text: string; value: unknown }> => {
  // The library has read the body of a foreign publisher that calls it JSON or text.
  const text =
    typeof body === 'string' || Buffer.isBuffer(body) ? body.toString() : JSON.stringify(body);
  try {
    return { text, value: parseJson(text) };
  } catch {
    return { text, value: undefined };
  }
};

const isMessage = (value: unknown): value is Message => {
  const { id, subject, type } = (value ?? {}) as Partial<Message>;
  return (
    typeof id === 'string' &&
    uuid.test(id) &&
    typeof subject === 'string' &&
    typeof type === 'string'
  );
};

/** The text of a delivery and its subject, or undefined when it is no message of this type. */
export const readDelivery = (
  delivery: AsyncMessage,
  type: string,
): Readonly<{ text: string; subject: string }> | undefined => {
  const { text, value } = read(delivery);
  return isMessage(value) && value.type === type ? { text, subject: value.subject } : undefined;
};

/** How often the broker has handed it out before (`x-delivery-count` of a quorum queue). */
export const redeliveriesOf = ({ headers }: AsyncMessage): number =>
  Number(headers?.['x-delivery-count'] ?? 0);

/** Always the same for the same bytes, so that a letter that comes twice is kept once. */
const idOf = (text: string): string => {
  const hex = createHash('sha256').update(text).digest('hex');
  return [0, 8, 12, 16, 20].map((at, i) => hex.slice(at, [8, 12, 16, 20, 32][i])).join('-');
};

/** A dead delivery as a message, made up around its text when it is none. */
export const readDead = (delivery: AsyncMessage, type: string): Message => {
  const { text, value } = read(delivery);
  if (isMessage(value)) return value;
  const id = delivery.messageId ?? '';
  return {
    specversion: '1.0',
    id: uuid.test(id) ? id : idOf(text),
    source: '',
    type,
    subject: '',
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    aggregate_version: 0,
    correlation_id: uuid.test(delivery.correlationId ?? '') ? delivery.correlationId! : idOf(text),
    causation_id: null,
    traceparent: null,
    data: { unreadable: text },
  };
};
