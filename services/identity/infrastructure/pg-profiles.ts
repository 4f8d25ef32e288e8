import type { Pool } from 'pg';
import type { Profiles } from '../application/ports.ts';

/** The account's version grows too, so that a change that was decided on the old row is made again. */
const followSql = `
  update accounts set full_name = $3, phone_number = $4, language = $5, profile_version = $2,
    version = version + 1
  where id = $1 and profile_version < $2`;

export const createPgProfiles = ({ pool }: Readonly<{ pool: Pool }>): Profiles => ({
  async follow({ accountId, version, fullName, phoneNumber, language }) {
    await pool.query({
      name: 'follow-profile',
      text: followSql,
      values: [accountId, version, fullName, phoneNumber, language],
    });
  },
});
