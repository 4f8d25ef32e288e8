/** Builds the front end unless it is built: `node apps/web/build/main.ts [--force]`. */
import { stateOfBuild } from './stamp.ts';

if (process.argv.includes('--force') || stateOfBuild() !== 'current') {
  const { buildWeb } = await import('./build.ts');
  await buildWeb({ isDevelopment: process.argv.includes('--development') });
}
