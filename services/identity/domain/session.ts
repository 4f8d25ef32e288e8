/** A session that nobody used for this long has ended, whatever is left of its thirty days. */
export const sessionIdleDays = 14;
