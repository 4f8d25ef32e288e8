/** For routes, which say what may be chosen. */
export { causes as causeNames } from '../domain/causes.ts';
