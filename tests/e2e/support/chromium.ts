/** Debian's; without one the pages cannot be looked at, and the script says so. */
export const chromiumPath = process.env['PLAZA_TEST_CHROMIUM'] ?? '/usr/bin/chromium';
