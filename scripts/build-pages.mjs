// Runs after `npm ci`, so that the first start finds the pages built. Plain JavaScript on purpose: npm
// runs it with the Node of the host, and the Node of the project is among what it has just installed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const own = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
const node = existsSync(own) ? own : process.execPath;
// Without what builds them, as in an image of what runs only, the pages came built or will not be there.
if (existsSync(join(root, 'node_modules', 'vite'))) {
  const { status } = spawnSync(node, [join(root, 'apps/web/build/main.ts')], { stdio: 'inherit' });
  // A start builds what is missing, and says then why it cannot.
  if (status !== 0) console.error('The pages could not be built now; the first start tries again.');
}
