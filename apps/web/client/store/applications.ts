import { matchPath } from 'react-router';
import type { ApplicationName } from '../../render-contract.ts';
import { accountPaths } from '../account/paths.ts';
import { systemPaths } from '../system/paths.ts';

/** The addresses of each application; an application of its own kind may match all below its root. */
const paths: Readonly<Record<ApplicationName, readonly string[]>> = {
  account: accountPaths,
  admin: ['/admin', '/admin/*'],
  system: systemPaths,
};

export const isInApplication = (name: ApplicationName, pathname: string): boolean =>
  paths[name].some((pattern) => matchPath(pattern, pathname) !== null);
