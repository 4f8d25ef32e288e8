import { Type, type Static } from 'typebox';
import { id, instant } from './common.ts';

const text = Type.String();
const anything = Type.Unknown();

/**
 * One of the staff changed something that is not theirs. Every context publishes the same, so that
 * one log holds them all: what was asked, what was there before, what was answered, without secrets.
 */
export const staffActed = <const Context extends string>(context: Context) =>
  Type.Object(
    {
      actorId: id,
      sessionId: Type.Union([id, Type.Null()]),
      ip: text,
      userAgent: Type.Union([text, Type.Null()]),
      operation: text,
      path: text,
      status: Type.Integer(),
      request: anything,
      before: anything,
      after: anything,
      requestId: text,
      actedAt: instant,
    },
    { $id: `${context}.staff-acted.v1` },
  );

export type StaffActed = Static<ReturnType<typeof staffActed>>;
