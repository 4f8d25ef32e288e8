import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fieldOfPointer, readFailure, remedyOf, unreachable } from './problems.ts';

const answer = (status: number, headers: Record<string, string> = {}) => ({
  status,
  headers: new Headers(headers),
});

describe('a failure', () => {
  it('finds the field of each pointer', () => {
    assert.equal(fieldOfPointer('#/postal_code'), 'postal_code');
    assert.equal(fieldOfPointer('#/lines/0/name'), 'lines.0.name');
    assert.equal(fieldOfPointer('#/a~1b/c~0d'), 'a/b.c~d');
  });

  it('puts what belongs to no field of the form beside the others', () => {
    const errors = [
      { pointer: '#/email', code: 'wrong_format', detail: 'x' },
      { pointer: '#/email', code: 'too_long', detail: 'y' },
      { pointer: '#/elsewhere', code: 'required', detail: 'z', params: { least: 3 } },
    ];
    const body = { status: 422, code: 'http.validation', errors, request_id: 'r' };
    const failure = readFailure(answer(422), body, ['email']);
    assert.deepEqual(Object.keys(failure.fields), ['email']);
    assert.equal(failure.fields['email']!.code, 'wrong_format', 'the first of a field');
    assert.deepEqual(failure.others, [{ code: 'required', params: { least: 3 }, detail: 'z' }]);
    assert.equal(failure.requestId, 'r');
  });

  it('keeps what an answer that is no problem says', () => {
    const failure = readFailure(answer(502, { 'retry-after': '7', 'x-request-id': 'q' }), '<html>');
    assert.partialDeepStrictEqual(failure, {
      status: 502,
      code: 'http.502',
      requestId: 'q',
      retryAfterSeconds: 7,
    });
  });

  it('has a remedy for every status', () => {
    const remedies = {
      400: 'fields',
      401: 'sign-in',
      402: 'payment',
      403: 'permission',
      404: 'missing',
      409: 'conflict',
      412: 'conflict',
      413: 'upload',
      415: 'upload',
      422: 'fields',
      429: 'wait',
      500: 'retry',
      503: 'retry',
    };
    for (const [status, remedy] of Object.entries(remedies))
      assert.equal(remedyOf({ status: Number(status) }), remedy, status);
    assert.equal(remedyOf(unreachable()), 'offline');
  });
});
