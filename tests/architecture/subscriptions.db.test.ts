import assert from 'node:assert/strict';
import { it } from 'node:test';
import { subscriptions } from '#contracts/subscriptions.ts';
import { typeOf } from '#shared/messaging/message.ts';
import { startTestPlaza } from '#shared/testing/test-plaza.ts';
import { modules } from '../../apps/server/targets.ts';

it('the table of subscriptions is what the modules register, no more and no less', async () => {
  const plaza = await startTestPlaza({ modules });
  const registered = plaza.contexts.flatMap(({ name, module }) =>
    module.reactions.map((reaction) => [`${name}.${reaction.name}`, typeOf(reaction.contract)]),
  );
  await plaza.stop();
  assert.ok(registered.length >= 20, `only ${registered.length} reactions found`);
  assert.deepEqual({ ...subscriptions }, Object.fromEntries(registered));
  assert.equal(Object.keys(subscriptions).length, registered.length, 'a name stands twice');
});
