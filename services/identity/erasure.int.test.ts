import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { bearer, newPerson, startIdentity, type IdentityPlaza } from './steps.test.ts';

let plaza: IdentityPlaza;
before(async () => {
  plaza = await startIdentity();
});
after(() => plaza.stop());

/** Hands a message of another context to a reaction, as the bus does. */
const tell = async (
  name: string,
  data: object,
  id: string = crypto.randomUUID(),
): Promise<void> => {
  const reaction = plaza.contexts[0]!.module.reactions.find((one) => one.name === name)!;
  await reaction.handle({
    id,
    aggregate_version: 1,
    correlation_id: crypto.randomUUID(),
    traceparent: null,
    data,
  } as never);
};
const close = (accountId: string, id?: string) => {
  const erasureId = crypto.randomUUID();
  const requestedAt = new Date().toISOString();
  const data = { erasureId, accountId, requestedBy: accountId, requestedAt };
  return tell('close-account-when-erasure-requested', data, id);
};
const typesOf = async (accountId: string): Promise<readonly string[]> => {
  const { rows } = await plaza.pool('identity').query<{ type: string }>(
    `select type from outbox where data ->> 'accountId' = $1
        and type ~ 'eras' order by seq`,
    [accountId],
  );
  return rows.map(({ type }) => type);
};

describe('an account whose holder leaves', () => {
  it('is closed at once: no session, no sign-in, no way back, said once', async () => {
    const person = newPerson();
    const { account, refresh_token: refresh } = await plaza.signUp(person);
    const message = crypto.randomUUID();
    await Promise.all([close(account.id, message), close(account.id, message)]);
    await close(account.id);
    assert.equal((await plaza.refresh(refresh)).statusCode, 401);
    assert.equal((await plaza.login(person)).statusCode, 401);
    await plaza.post('/auth/forgot-password', { email: person.email });
    await plaza.settle();
    assert.ok(!plaza.mailsTo(person.email).some(({ text }) => text.includes('restablecer')));
    assert.deepEqual(await typesOf(account.id), [
      'identity.account-erased.v1',
      'identity.personal-data-erased.v1',
    ]);
  });

  it('cannot be opened again by an administrator while it is being forgotten', async () => {
    const { account } = await plaza.signUp(newPerson());
    await plaza
      .pool('identity')
      .query(`update accounts set status = 'deactivated', closed_at = now() where id = $1`, [
        account.id,
      ]);
    const other = await plaza.signUp(newPerson());
    await plaza
      .pool('identity')
      .query(`update accounts set roles = '{customer,admin}' where id = $1`, [other.account.id]);
    const admin = (await plaza.refresh(other.refresh_token)).json<{ access_token: string }>();
    const url = `/users/${account.id}/activate`;
    const back = await plaza.send('POST', url, undefined, bearer(admin.access_token));
    assert.equal(back.statusCode, 409, back.body);
    await plaza.pool('identity').query(`update accounts set roles = '{customer}'`);
  });

  it('is forgotten with its mails; another stays as it was', async () => {
    const [person, other] = [newPerson(), newPerson()];
    const { account } = await plaza.signUp(person);
    await plaza.signUp(other);
    const before = plaza.mailsTo(other.email).length;
    assert.ok(plaza.mailsTo(person.email).length > 0 && before > 0);
    await close(account.id);
    await plaza.settle();
    assert.deepEqual(plaza.mailsTo(person.email), []);
    assert.equal(plaza.mailsTo(other.email).length, before);
    assert.equal((await plaza.login(other)).statusCode, 200);
    assert.deepEqual(await typesOf(account.id), [
      'identity.account-erased.v1',
      'identity.personal-data-erased.v1',
    ]);
    const { rows } = await plaza.pool('identity').query<{ n: number }>(
      `select (select count(*) from sessions where account_id = $1)::int
          + (select count(*) from challenges where account_id = $1)::int
          + (select count(*) from usernames where account_id = $1)::int as n`,
      [account.id],
    );
    assert.equal(rows[0]!.n, 0);
  });

  it('stays when it is the last administrator, and of two at once one does', async () => {
    const people = await Promise.all([newPerson(), newPerson()].map((one) => plaza.signUp(one)));
    const ids = people.map(({ account }) => account.id);
    await plaza
      .pool('identity')
      .query(`update accounts set roles = '{customer,admin}' where id = any($1)`, [ids]);
    await plaza.warm();
    await Promise.all(ids.map((id) => close(id)));
    const told = (await Promise.all(ids.map(typesOf))).flat();
    // What follows the end of an account may have followed already.
    const decided = told.filter((type) => type !== 'identity.personal-data-erased.v1');
    assert.deepEqual(decided.toSorted(), [
      'identity.account-erased.v1',
      'identity.erasure-refused.v1',
    ]);
    const { rowCount } = await plaza
      .pool('identity')
      .query(`select from accounts where 'admin' = any (roles) and status = 'active'`);
    assert.equal(rowCount, 1);
    await plaza.pool('identity').query(`update accounts set roles = '{customer}'`);
  });

  it('waits for another administrator with nothing in its hands, so that no two wait for each other', async () => {
    const pool = plaza.pool('identity');
    const people = await Promise.all([newPerson(), newPerson()].map((one) => plaza.signUp(one)));
    const [first, second] = people.map(({ account }) => account.id).toSorted();
    await pool.query(`update accounts set roles = '{customer,admin}' where id = any($1)`, [
      [first, second],
    ]);
    const [holder, asker] = await Promise.all([pool.connect(), pool.connect()]);
    try {
      await holder.query('begin');
      await holder.query('select from accounts where id = $1 for update', [first]);
      const closing = close(second!);
      for (let waiting = 0; waiting === 0;) {
        const { rows } = await asker.query<{ n: number }>(
          `select count(*)::int as n from pg_stat_activity
           where datname = current_database() and usename = current_user and wait_event_type = 'Lock'`,
        );
        waiting = rows[0]!.n;
      }
      const { rowCount } = await asker.query(
        'select from accounts where id = $1 for update skip locked',
        [second],
      );
      await holder.query('commit');
      await closing;
      assert.equal(rowCount, 1);
    } finally {
      holder.release();
      asker.release();
    }
  });
});
