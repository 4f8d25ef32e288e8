import assert from 'node:assert/strict';
import { afterEach, beforeEach, it, mock } from 'node:test';
import { askFor, change, keptOf } from './kept.ts';

/** The server: what is kept, and the requests that wait for their turn. */
let kept: Set<string>;
let held: (() => void) | undefined;

beforeEach(() => {
  kept = new Set();
  held = undefined;
  Object.assign(globalThis, { location: { origin: 'http://shop.example' } });
  mock.method(globalThis, 'fetch', async (request: Request) => {
    const id = request.url.split('/').at(-1)!;
    if (request.method === 'GET')
      return Response.json({ items: [...kept].map((one) => ({ id: one })), next_cursor: null });
    await new Promise<void>((resolve) => (held = resolve));
    if (request.method === 'PUT') kept.add(id);
    else kept.delete(id);
    return new Response(null, { status: 204 });
  });
});
afterEach(() => mock.restoreAll());

it('a heart that is pressed while its page asks stays as it was pressed', async () => {
  const id = '01a22421-ceb6-7562-ad51-c7865a2299c3';
  // As after a sign-in: the page asks for what is kept, and keeps what was wanted, at the same time.
  askFor(id);
  const changed = change(id, true);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(keptOf(id).isKept, true, 'at once');
  held!();
  assert.equal(await changed, undefined);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(keptOf(id).isKept, true, 'and after both answers');
});
