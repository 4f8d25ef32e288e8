import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfig, type ConfigError } from './config.ts';

describe('readConfig', () => {
  it('needs nothing', () => {
    assert.partialDeepStrictEqual(readConfig({}), { target: 'all', port: 8000, currency: 'COP' });
  });

  it('names every wrong value at once', () => {
    assert.throws(
      () => readConfig({ PLAZA_PORT: '80a', PLATFORM: 'cloud', PLAZA_SMTP_URL: 'http://x' }),
      (error: ConfigError) => {
        assert.equal(error.faults.length, 3);
        assert.match(error.message, /PLAZA_PORT="80a": must be a whole number from 0 to 65535/);
        return true;
      },
    );
  });

  it('names a setting that does not exist, so that a typo is not silence', () => {
    assert.throws(() => readConfig({ PLAZA_PROT: '1' }), /PLAZA_PROT: no such setting/);
  });
});
