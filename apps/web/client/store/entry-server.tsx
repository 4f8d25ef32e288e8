import { renderToString } from 'react-dom/server';
import {
  createStaticHandler,
  createStaticRouter,
  isRouteErrorResponse,
  StaticRouterProvider,
  type RouteObject,
} from 'react-router';
import type { ApplicationName, Rendered, RenderRequest } from '../../render-contract.ts';
import accountEn from '../account/messages/en.json';
import accountEs from '../account/messages/es.json';
import { createServerApi } from '../api/client.ts';
import checkoutEn from '../checkout/messages/en.json';
import checkoutEs from '../checkout/messages/es.json';
import installEn from '../install/messages/en.json';
import installEs from '../install/messages/es.json';
import problemsEn from '../api/messages/en.json';
import problemsEs from '../api/messages/es.json';
import { renderShell } from '../kit/shell.ts';
import { createPseudoText } from '../i18n/pseudo.ts';
import { createText, type Text } from '../i18n/text.ts';
import { documentHtml } from '../kit/document.ts';
import { headHtml } from '../kit/head.ts';
import kitEn from '../kit/messages/en.json';
import kitEs from '../kit/messages/es.json';
import { isInApplication } from './applications.ts';
import { headOfMatches, type LoaderSetting } from './head-of-matches.ts';
import storeEn from './messages/en.json';
import storeEs from './messages/es.json';
import { Root } from './root.tsx';
import { moduleOfMatches, storeRoutes } from './routes.ts';

const catalogues = {
  es: [kitEs, storeEs, checkoutEs, accountEs, installEs, problemsEs],
  en: [kitEn, storeEn, checkoutEn, accountEn, installEn, problemsEn],
};
const handler = createStaticHandler(storeRoutes as RouteObject[]);

/** Errors as plain data, which the browser can be told. */
const plainErrors = (errors: Record<string, unknown> | null, requestId: string) =>
  errors &&
  Object.fromEntries(
    Object.entries(errors).map(([route, error]) => [
      route,
      isRouteErrorResponse(error)
        ? { status: error.status, data: error.data as unknown, requestId }
        : { status: 500, requestId },
    ]),
  );

export const renderStore = async (input: RenderRequest): Promise<Rendered> => {
  const { setting, request, nonce, assets, assetsOfPage } = input;
  const create = setting.isPseudo ? createPseudoText : createText;
  const text: Text = create(setting.language, setting.locale, ...catalogues[setting.language]);
  const requestContext: LoaderSetting = { api: createServerApi(input.api), setting, text };
  const context = await handler.query(request, { requestContext });
  if (context instanceof Response) {
    const location = context.headers.get('location');
    return {
      status: context.status,
      headers: location === null ? {} : { location },
      html: undefined,
    };
  }
  const errors = plainErrors(context.errors, input.requestId);
  const router = createStaticRouter(handler.dataRoutes, { ...context, errors });
  const body = renderToString(
    <Root setting={setting} text={text}>
      <StaticRouterProvider router={router} context={{ ...context, errors }} hydrate={false} />
    </Root>,
  );
  const head = headOfMatches(
    context.matches,
    context.loaderData,
    { setting, text },
    errors && Object.values(errors)[0],
  );
  const html = documentHtml({
    setting,
    // A page that says nothing of itself is shared as what the shop is.
    head: headHtml({ description: text.say('home.description'), ...head }, setting),
    body,
    handover: {
      setting,
      hasWordedFailure: text.hasWordedFailure(),
      loaderData: context.loaderData,
      actionData: context.actionData,
      errors,
    },
    assets,
    preloads: moduleOfMatches(context.matches).flatMap(assetsOfPage),
    nonce,
    skipText: text.say('kit.skip'),
  });
  const { statusCode: status } = context;
  // A part that is away comes back: robots and people are told to come again.
  return { status, headers: status === 503 ? { 'retry-after': '10' } : {}, html };
};

export const renderApplication = async (
  name: ApplicationName,
  input: Omit<RenderRequest, 'assetsOfPage'>,
): Promise<Rendered | null> =>
  isInApplication(name, new URL(input.request.url).pathname)
    ? renderShell(name, input, { es: kitEs, en: kitEn })
    : null;
