/**
 * What identity writes to a person by mail. The first three prove something and so carry a secret;
 * the others are notices, and obey the same limit so that no stranger floods a mailbox.
 */
export type ChallengePurpose =
  | 'verify_email'
  | 'reset_password'
  | 'second_step'
  | 'address_taken'
  | 'password_changed'
  /** A new address is proven at both ends; the old one is told when it is done. */
  | 'change_email_from'
  | 'change_email_to'
  | 'email_changed'
  | 'factor_added'
  | 'factor_removed';

/** Guesses are for codes that a person types; a link of 256 bits needs no second one. */
export const challengeRules = {
  verify_email: { lifeMinutes: 10, tries: 5 },
  reset_password: { lifeMinutes: 30, tries: 1 },
  second_step: { lifeMinutes: 10, tries: 5 },
  address_taken: { lifeMinutes: 24 * 60, tries: 1 },
  password_changed: { lifeMinutes: 24 * 60, tries: 1 },
  change_email_from: { lifeMinutes: 10, tries: 5 },
  change_email_to: { lifeMinutes: 10, tries: 5 },
  email_changed: { lifeMinutes: 24 * 60, tries: 1 },
  factor_added: { lifeMinutes: 24 * 60, tries: 1 },
  factor_removed: { lifeMinutes: 24 * 60, tries: 1 },
} as const satisfies Record<ChallengePurpose, { lifeMinutes: number; tries: number }>;

/** Mails of one purpose to one account in any hour (reliability A3). */
export const mailsAnHour = 5;
/** Who asks for a mail again is told nothing and gets none, until the one before had time to come. */
export const mailCoolDownSeconds = 30;
/** Wrong codes in a row before an account gets no more of them (reliability A3). */
export const missesMax = 100;
/** Digits of a code: 5 tries a code and 5 codes an hour guess one account in 0.2 % of years. */
export const codeDigits = 8;
