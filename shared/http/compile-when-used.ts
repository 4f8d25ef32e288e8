import compileSerializers, { type RouteDefinition } from '@fastify/fast-json-stringify-compiler';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { FastifyInstance } from 'fastify';
import type { FastifySchemaValidationError } from 'fastify/types/schema.js';

/** Only query strings and headers are coerced: there everything is text. Bodies keep their types. */
const createValidators = () => {
  const base = {
    allErrors: true,
    strict: false,
    strictNumbers: true,
    removeAdditional: false,
    useDefaults: true,
  } as const;
  const exact = addFormats.default(new Ajv.default({ ...base, coerceTypes: false }));
  const coercing = addFormats.default(new Ajv.default({ ...base, coerceTypes: 'array' }));
  return { exact, coercing };
};

/**
 * Validates and writes as the schemas of a route say. Each is compiled by the first request that needs
 * it: all of them at once are a third of a start, and most answers of most routes are never given.
 */
export const compileWhenUsed = (app: FastifyInstance): void => {
  const { exact, coercing } = createValidators();
  app.setValidatorCompiler(({ schema, httpPart }) => {
    let compiled: ValidateFunction | undefined;
    const validate = (value: unknown): boolean => {
      compiled ??= (httpPart === 'body' ? exact : coercing).compile(schema as object);
      const isValid = compiled(value);
      validate.errors = (compiled.errors ?? null) as FastifySchemaValidationError[] | null;
      return isValid;
    };
    validate.errors = null as FastifySchemaValidationError[] | null;
    return validate;
  });
  const compile = compileSerializers()({}, {});
  app.setSerializerCompiler((definition) => {
    let write: ((value: unknown) => string) | undefined;
    return (value) => (write ??= compile(definition as RouteDefinition))(value);
  });
};
