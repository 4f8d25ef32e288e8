import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { whileHeld } from '#shared/testing/races.ts';
import {
  bearer,
  newPerson,
  startIdentity,
  times,
  type IdentityPlaza,
  type Person,
} from './steps.test.ts';

type Reply = Readonly<{ statusCode: number }>;
const count = (replies: readonly Reply[], status: number): number =>
  replies.filter(({ statusCode }) => statusCode === status).length;

/** One process, or two replicas that share a database and are asked in turn. */
for (const topology of ['one process', 'two replicas'] as const) {
  describe(`second factors under races, ${topology}`, () => {
    let plaza: IdentityPlaza;
    let replica: IdentityPlaza;
    before(async () => {
      plaza = await startIdentity();
      replica =
        topology === 'one process' ? plaza : await startIdentity({ database: plaza.database });
    });
    after(async () => {
      if (replica !== plaza) await replica?.stop();
      await plaza?.stop();
    });
    const at = (i: number): IdentityPlaza => (i % 2 === 0 ? plaza : replica);
    const warm = () => Promise.all([plaza.warm(), replica.warm()]);
    const advance = async (ms: number): Promise<void> => {
      await plaza.advance(ms);
      if (replica !== plaza) await replica.advance(ms);
    };
    const give = (id: string, method: string, code: string, n: number) =>
      times(n, (i) => at(i).verifyCode(id, method, code));
    const withApp = async () => {
      const person = newPerson();
      const { access_token: token, account } = await plaza.signUp(person);
      const app = await plaza.enrolApp(token);
      if (replica !== plaza) await replica.advance(30_000);
      return { person, token, app, accountId: account.id };
    };
    const withMail = async () => {
      const person = newPerson();
      const { access_token: token, account } = await plaza.signUp(person);
      await plaza.post('/auth/second-factors/email', {}, bearer(token));
      return { person, accountId: account.id };
    };
    /** A mail goes out where its message was taken, and is the same from both. */
    const secondStepMails = ({ email }: Person) =>
      [...new Set([plaza, replica])]
        .flatMap(({ mails }) => mails)
        .filter(({ to, text }) => to === email && text.includes('eres tú:'));
    const codeOf = async (person: Person): Promise<string> => {
      await plaza.settle();
      const { rows } = await plaza.pool('identity').query<{ id: string }>(
        `select c.id from challenges c join accounts a on a.id = c.account_id
         where email = $1 and purpose = 'second_step'`,
        [person.email],
      );
      const mail = secondStepMails(person).find(({ id }) => id === rows[0]?.id);
      assert.ok(mail, 'the newest code was not mailed');
      return /^\d{8}$/m.exec(mail.text)![0];
    };
    const sessionsOf = async (accountId: string): Promise<number> => {
      const sql = 'select count(*)::int as n from sessions where account_id = $1';
      return (await plaza.pool('identity').query<{ n: number }>(sql, [accountId])).rows[0]!.n;
    };

    it('take one code of an app once, fifty at a time', async () => {
      const { person, app, accountId } = await withApp();
      const { challenge_id: id } = await plaza.asked(person);
      const before = await sessionsOf(accountId);
      await warm();
      const replies = await give(id, 'totp', app.code(), 50);
      assert.deepEqual([count(replies, 200), count(replies, 422)], [1, 49]);
      assert.equal(await sessionsOf(accountId), before + 1);
    });

    it('take one code of an app once, whichever step it is brought to', async () => {
      const { person, token, app } = await withApp();
      const { challenge_id: signIn } = await plaza.asked(person);
      const passed = await plaza.verifyCode(signIn, 'totp', app.code());
      assert.equal(passed.statusCode, 200);
      const begun = await plaza.post('/auth/step-up/challenge', {}, bearer(token));
      const { challenge_id: stepUp } = begun.json<{ challenge_id: string }>();
      const { password } = person;
      const body = { challenge_id: stepUp, method: 'totp', code: app.code(), password };
      assert.equal((await plaza.post('/auth/step-up', body, bearer(token))).statusCode, 422);
    });

    it('take no code that was used while its step was being passed', async () => {
      const { person, app, accountId } = await withApp();
      const { challenge_id: id } = await plaza.asked(person);
      const [reply] = await whileHeld(
        plaza.pool('identity'),
        async (client) => {
          await client.query('select from second_steps where account_id = $1 for update', [
            accountId,
          ]);
          const sql = 'update totp_secrets set last_step = last_step + 10 where account_id = $1';
          await client.query(sql, [accountId]);
        },
        () => [replica.verifyCode(id, 'totp', app.code())],
      );
      assert.equal(reply!.statusCode, 422);
    });

    it('take one code by mail once, fifty at a time', async () => {
      const { person, accountId } = await withMail();
      const { challenge_id: id } = await plaza.asked(person);
      const code = await codeOf(person);
      const before = await sessionsOf(accountId);
      await warm();
      const replies = await give(id, 'email', code, 50);
      assert.deepEqual([count(replies, 200), count(replies, 422)], [1, 49]);
      assert.equal(await sessionsOf(accountId), before + 1);
    });

    it('take one recovery code once, fifty at a time', async () => {
      const { person, app, accountId } = await withApp();
      const { challenge_id: id } = await plaza.asked(person);
      const before = await sessionsOf(accountId);
      await warm();
      const replies = await give(id, 'recovery_code', app.recoveryCodes[0]!, 50);
      assert.deepEqual([count(replies, 200), count(replies, 422)], [1, 49]);
      assert.equal(await sessionsOf(accountId), before + 1);
      const { rows } = await plaza.pool('identity').query(
        `select count(*) filter (where used_at is not null)::int as used from recovery_codes
         where account_id = $1`,
        [accountId],
      );
      assert.deepEqual(rows, [{ used: 1 }]);
    });

    it('pass one step once, however many right proofs come at once', async () => {
      const { person, app, accountId } = await withApp();
      const { challenge_id: id } = await plaza.asked(person);
      const before = await sessionsOf(accountId);
      await warm();
      const replies = await Promise.all([
        plaza.verifyCode(id, 'totp', app.code()),
        ...app.recoveryCodes.map((code, i) => at(i).verifyCode(id, 'recovery_code', code)),
      ]);
      assert.deepEqual([count(replies, 200), count(replies, 422)], [1, 10]);
      assert.equal(await sessionsOf(accountId), before + 1);
      // Those that came too late are not used up.
      const { rows } = await plaza.pool('identity').query<{ used: number }>(
        `select count(*) filter (where used_at is not null)::int as used from recovery_codes
         where account_id = $1`,
        [accountId],
      );
      assert.ok(rows[0]!.used <= 1, `${rows[0]!.used} recovery codes are gone`);
    });

    it('give one fresh proof for one code, fifty at a time', async () => {
      const { person, token, app } = await withApp();
      const begun = await plaza.post('/auth/step-up/challenge', {}, bearer(token));
      const { challenge_id: id } = begun.json<{ challenge_id: string }>();
      await warm();
      const { password } = person;
      const body = { challenge_id: id, method: 'totp', code: app.code(), password };
      const replies = await times(50, (i) => at(i).post('/auth/step-up', body, bearer(token)));
      // Who comes when the session has ended already is told that.
      assert.deepEqual([count(replies, 200), count(replies, 422) + count(replies, 401)], [1, 49]);
    });

    it('keep one list of recovery codes, however many are made at once', async () => {
      const { access_token: token } = await plaza.signUp(newPerson());
      const started = await plaza.post('/auth/second-factors/email', {}, bearer(token));
      assert.equal(started.statusCode, 201);
      const replies = await times(10, (i) =>
        at(i).post('/auth/second-factors/recovery-codes', {}, bearer(token)),
      );
      const lists = replies
        .filter(({ statusCode }) => statusCode === 201)
        .map((reply) => reply.json<{ recovery_codes: string[] }>().recovery_codes);
      assert.ok(lists.length >= 1, 'none was made');
      const list = await plaza.send('GET', '/auth/second-factors', undefined, bearer(token));
      assert.equal(list.json<{ recovery_codes_left: number }>().recovery_codes_left, 10);
    });

    it('stop guessing at five tries a step, the right code among them too late', async () => {
      const { person, app, accountId } = await withApp();
      const { challenge_id: id } = await plaza.asked(person);
      await warm();
      assert.equal(count(await give(id, 'totp', '000000', 50), 422), 50);
      const { rows } = await plaza
        .pool('identity')
        .query('select attempts_left, misses from second_steps where account_id = $1', [accountId]);
      assert.deepEqual(rows, [{ attempts_left: 0, misses: 5 }]);
      assert.equal((await plaza.verifyCode(id, 'totp', app.code())).statusCode, 422);
      // Another step counts again, and what is right forgives what was wrong.
      const { challenge_id: next } = await plaza.asked(person);
      assert.equal((await plaza.verifyCode(next, 'totp', app.code())).statusCode, 200);
    });

    it('take no code any more after a hundred wrong ones in a row, but what cannot be guessed', async () => {
      const { person, app, accountId } = await withApp();
      const missesOf = async (): Promise<number> => {
        const sql = 'select misses from second_steps where account_id = $1';
        return (await plaza.pool('identity').query<{ misses: number }>(sql, [accountId])).rows[0]!
          .misses;
      };
      for (let round = 0; round < 19; round++) {
        const { challenge_id: id } = await at(round).asked(person);
        await give(id, 'totp', '000000', 5);
      }
      assert.equal(await missesOf(), 95);
      const { challenge_id: short } = await plaza.asked(person);
      await give(short, 'totp', '000000', 3);
      assert.equal(await missesOf(), 98);
      const { challenge_id: last } = await plaza.asked(person);
      await warm();
      await give(last, 'totp', '000000', 50);
      assert.equal(await missesOf(), 100);
      assert.equal((await plaza.verifyCode(last, 'totp', app.code())).statusCode, 422);
      const { challenge_id: blocked } = await plaza.asked(person);
      assert.equal((await plaza.verifyCode(blocked, 'totp', app.code())).statusCode, 422);
      const recovered = await plaza.verifyCode(blocked, 'recovery_code', app.recoveryCodes[0]!);
      assert.equal(recovered.statusCode, 200, recovered.body);
      assert.equal(await missesOf(), 0);
      const { challenge_id: open } = await plaza.asked(person);
      assert.equal((await plaza.verifyCode(open, 'totp', app.code())).statusCode, 200);
    });

    it('mail five codes an hour to one account, however many are asked for', async () => {
      const { person } = await withMail();
      await warm();
      const replies = await times(20, (i) => at(i).login(person));
      assert.equal(count(replies, 200), 20);
      await plaza.settle();
      const { rows } = await plaza.pool('identity').query(
        `select cardinality(requested_at) as n from challenges c join accounts a on a.id = account_id
         where email = $1 and purpose = 'second_step'`,
        [person.email],
      );
      assert.deepEqual(rows, [{ n: 5 }]);
      // Of those that followed at once only the newest was still worth a mail.
      const mailed = secondStepMails(person).length;
      assert.ok(mailed >= 1 && mailed <= 5, `${mailed} mails`);
      const { challenge_id: id } = await plaza.asked(person);
      await advance(31_000);
      const more = await plaza.post('/auth/verify-code/email', { challenge_id: id });
      assert.equal(more.statusCode, 429);
      await advance(3_601_000);
      const { challenge_id: later } = await plaza.asked(person);
      const passed = await plaza.verifyCode(later, 'email', await codeOf(person));
      assert.equal(passed.statusCode, 200, passed.body);
    });

    it('mail twenty codes an hour for one address of the network', async () => {
      const pool = plaza.pool('identity');
      await pool.query('delete from mailed_codes');
      const people: Person[] = [];
      for (let i = 0; i < 25; i++) people.push((await withMail()).person);
      await warm();
      await Promise.all(people.map((person, i) => at(i).asked(person)));
      await plaza.settle();
      const { rows } = await pool.query('select cardinality(mailed_at) as n from mailed_codes');
      assert.deepEqual(rows, [{ n: 20 }]);
      assert.equal(people.filter((person) => secondStepMails(person).length === 1).length, 20);
      const left = people.find((person) => secondStepMails(person).length === 0)!;
      const { challenge_id: id } = await plaza.asked(left);
      await advance(31_000);
      const mail = async () =>
        (await plaza.post('/auth/verify-code/email', { challenge_id: id })).statusCode;
      assert.equal(await mail(), 429);
      await pool.query(
        `update mailed_codes set mailed_at = array(select t - interval '1 hour' from unnest(mailed_at) t)`,
      );
      assert.equal(await mail(), 202);
    });
  });
}
