// Runs after `npm ci`. A copy without git (an archive, an image) has no hooks to install.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

if (existsSync('.git') && !process.env.CI) {
  try {
    execFileSync('git', ['config', 'core.hooksPath', '.githooks'], { stdio: 'ignore' });
  } catch {
    // Without git there is nothing to hook into.
  }
}
