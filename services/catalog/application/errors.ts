/** The catalogue's errors, for the routes: what they find wrong before a command begins. */
export { catalogError } from '../domain/errors.ts';
