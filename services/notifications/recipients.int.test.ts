import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { identityModule } from '../identity/module.ts';
import { bearer, newPerson, startIdentity, type IdentityPlaza } from '../identity/steps.test.ts';
import { usersModule } from '../users/module.ts';
import { notificationsModule } from './module.ts';

for (const strict of [false, true]) {
  describe(`who is written to, ${strict ? 'strict' : 'local'}`, () => {
    let plaza: IdentityPlaza;
    before(async () => {
      const modules = [identityModule, usersModule, notificationsModule];
      plaza = await startIdentity({ strict, modules });
    });
    after(() => plaza.stop());

    it('is spoken to by the name and in the language of the profile', async () => {
      const { account, access_token: token } = await plaza.signUp(newPerson());
      await plaza.settle();
      const known = async () => {
        const { rows } = await plaza
          .pool('notifications')
          .query('select full_name, language from recipients where account_id = $1', [account.id]);
        return rows;
      };
      assert.deepEqual(await known(), [{ full_name: null, language: 'es' }]);
      for (const [name, language] of [
        ['Ana Restrepo', 'en'],
        ['Ana María Restrepo', 'es'],
        ['Ana M. Restrepo', 'en'],
      ] as const) {
        const change = { full_name: name, language };
        const reply = await plaza.send('PUT', '/users/me', change, bearer(token));
        assert.equal(reply.statusCode, 200, reply.body);
      }
      await plaza.settle();
      assert.deepEqual(await known(), [{ full_name: 'Ana M. Restrepo', language: 'en' }]);
    });
  });
}
