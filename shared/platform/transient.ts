/**
 * SQLSTATE classes and socket errors that say "not now" and nothing about the statement: serialization
 * failures and deadlocks (40), lost or refused connections (08), too few resources (53), a server
 * that starts or stops (57P), a lock not had in time (55P03).
 */
const sqlStates = /^(40001|40P01|08...|53...|57P0.|55P03)$/;
const socketErrors = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/;

/** Whether the same work may succeed later without anybody changing it. */
export const isTransient = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && (sqlStates.test(code) || socketErrors.test(code))) return true;
  return /Connection terminated|connection timeout|timeout exceeded when trying to connect/.test(
    error.message,
  );
};
