/** What a command tells the shell; documented in docs/reference/cli.md. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, notRunning: 3 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
