import createClient, { type Client } from 'openapi-fetch';
import type { ApiFetch } from '../../render-contract.ts';
import type { components, paths } from './schema.d.ts';

export type Api = Client<paths>;
export type Problem = components['schemas']['Problem'];
export type { paths };

/** The body of an answer of status `Status`, as the document of our API has it. */
export type AnswerOf<
  Path extends keyof paths,
  Method extends keyof paths[Path],
  Status extends number = 200,
> = paths[Path][Method] extends {
  responses: { [S in Status]: { content: { 'application/json': infer Body } } };
}
  ? Body
  : never;

/** The API as the server of this page asks it: with the session of who looks, by our own process. */
export const createServerApi = (fetch: ApiFetch): Api =>
  createClient<paths>({ baseUrl: 'http://plaza.internal', fetch });

let ofBrowser: Api | undefined;

/** Where scripts ask: beside the page, where the session's cookie is turned into its token. */
export const browserApi = (): Api =>
  (ofBrowser ??= createClient<paths>({ baseUrl: `${location.origin}/web` }));

/** What a loader is given on the server; in the browser there is none, and the page asks itself. */
export type LoaderContext = Readonly<{ api: Api }>;

export const apiOf = (context: unknown): Api =>
  typeof context === 'object' && context !== null && 'api' in context
    ? (context as LoaderContext).api
    : browserApi();
