export { usersError } from '../domain/errors.ts';
