import type { FastifyInstance } from 'fastify';

const formBytesMax = 8 * 1024;

/** Names are folded as the form's own browser sends them: text of one line. */
const readForm = (body: string): Record<string, string> =>
  Object.fromEntries(
    [...new URLSearchParams(body)].map(([name, value]) => [
      name,
      value.toWellFormed().replaceAll('\0', '\uFFFD'),
    ]),
  );

/** Takes the forms of our own pages, in the part of the application that has them. */
export const useForms = (app: FastifyInstance): void => {
  app.addContentTypeParser(
    /^application\/x-www-form-urlencoded/,
    { parseAs: 'string', bodyLimit: formBytesMax },
    (_request, body, done) => done(null, readForm(body as string)),
  );
};
