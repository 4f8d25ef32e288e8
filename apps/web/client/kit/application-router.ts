import type { createBrowserRouter } from 'react-router';

type Router = ReturnType<typeof createBrowserRouter>;
let router: Router | undefined;

/** The router of the application that this page is. */
export const setApplicationRouter = (of: Router): Router => {
  router = of;
  return of;
};

export const applicationRouter = (): Router => {
  if (!router) throw new Error('no application has started');
  return router;
};
