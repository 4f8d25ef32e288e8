import { Type, type TSchema } from 'typebox';
import { page } from '#shared/http/schemas.ts';

/** A page of what several services have; it names those that could not be asked just now. */
export const partialPage = <T extends TSchema>(item: T) =>
  Type.Object({
    ...page(item).properties,
    missing: Type.Optional(Type.Array(Type.String())),
  });
