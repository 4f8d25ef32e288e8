import { Type, type TObject, type TProperties, type TSchema } from 'typebox';

/** An object that refuses fields it does not name (no mass assignment). */
export const strict = <P extends TProperties>(properties: P, options: object = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options });

export const uuid = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
  description: 'UUID in lower case',
});

export const instant = Type.String({ format: 'date-time', description: 'RFC 3339, UTC' });

/** A price on the way in: a decimal string, or a JSON number for convenience. */
export const amountInput = Type.Union([
  Type.String({ minLength: 1, maxLength: 24 }),
  Type.Number({ minimum: -1e12, maximum: 1e12 }),
]);

/** A price on the way out: always a decimal string. */
export const amount = Type.String({ pattern: '^-?\\d+(\\.\\d+)?$', examples: ['48900.00'] });

export const currency = Type.String({ pattern: '^[A-Z]{3}$', examples: ['COP'] });

export const idParams = strict({ id: uuid });

export const pageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000 })),
} as const;

export const page = <T extends TSchema>(item: T) =>
  Type.Object({
    items: Type.Array(item),
    next_cursor: Type.Union([Type.String(), Type.Null()]),
  });

export const problem: TObject = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.Optional(Type.String()),
    code: Type.String(),
    request_id: Type.String(),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: Type.String(),
          code: Type.String(),
          detail: Type.String(),
          params: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
        }),
      ),
    ),
  },
  { additionalProperties: true, description: 'RFC 9457 problem details' },
);
