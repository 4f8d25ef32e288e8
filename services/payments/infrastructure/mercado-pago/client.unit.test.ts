import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, it } from 'node:test';
import { money } from '#shared/kernel/money.ts';
import { AmountNotSendable } from './amounts.ts';
import { createMercadoPagoClient } from './client.ts';

/** An answer of the API with only what a payment has to have. */
const payment = {
  id: 1,
  status: 'approved',
  status_detail: 'accredited',
  transaction_amount: 12500,
  currency_id: 'COP',
};

type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;
let behave: Behaviour = () => {};
const requests: {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += String(chunk)));
  request.on('end', () => {
    requests.push({ method: request.method!, url: request.url!, headers: request.headers, body });
    behave(request, response);
  });
});
await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
after(() => {
  server.closeAllConnections();
  server.close();
});

const client = createMercadoPagoClient({ baseUrl, timeoutMs: 300 });
const answering =
  (status: number, body: unknown, headers: Record<string, string> = {}): Behaviour =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
const refund = () =>
  client.refundPayment({
    token: 't',
    key: 'k-1',
    id: '1',
    currency: 'COP',
    amount: money(100n, 'COP'),
  });
const read = () => client.getPayment({ token: 't', id: '1' });

describe('a call', () => {
  it('carries the token, the key and the header of refunds in process, and exact amounts', async () => {
    behave = answering(201, '{"id":9,"payment_id":1,"amount":1,"status":"in_process"}');
    requests.length = 0;
    const answer = await refund();
    assert.partialDeepStrictEqual(answer, { is: 'ok', value: { id: '9', is: 'in_process' } });
    const [sent] = requests;
    assert.equal(`${sent!.method} ${sent!.url}`, 'POST /v1/payments/1/refunds');
    assert.equal(sent!.body, '{"amount":1}');
    assert.partialDeepStrictEqual(sent!.headers, {
      authorization: 'Bearer t',
      'x-idempotency-key': 'k-1',
      'x-render-in-process-refunds': 'true',
    });
  });

  it('is not made at all without a key, with half a wire unit, or to a path that is none', async () => {
    requests.length = 0;
    await assert.rejects(client.cancelPayment({ token: 't', key: '', id: '1' }), /idempotency key/);
    await assert.rejects(
      async () =>
        await client.refundPayment({
          token: 't',
          key: 'k',
          id: '1',
          currency: 'COP',
          amount: money(150n, 'COP'),
        }),
      AmountNotSendable,
    );
    await assert.rejects(
      async () => await client.getPayment({ token: 't', id: '../oauth' }),
      RangeError,
    );
    assert.equal(requests.length, 0);
  });

  it('reads amounts and ids by their digits', async () => {
    const digits = '{"id":90071992547409931,"status":"approved","status_detail":"accredited",';
    behave = answering(200, `${digits}"transaction_amount":90071992547409.93,"currency_id":"BRL"}`);
    const answer = await read();
    assert.ok(answer.is === 'ok');
    assert.equal(answer.value.id, '90071992547409931');
    assert.equal(answer.value.amount.amountMinor, 9_007_199_254_740_993n);
    assert.equal(answer.value.liveMode, false, 'what does not say that it is live is not');
  });

  it('waits ten seconds at most, by construction', () => {
    for (const timeoutMs of [10_001, 0, -1, Number.NaN])
      assert.throws(() => createMercadoPagoClient({ baseUrl, timeoutMs }), RangeError);
  });
});

describe('an answer is refused', () => {
  for (const [code, reason] of [
    [2018, 'wrong_state'],
    [2022, 'too_many_refunds'],
    [2024, 'refund_too_old'],
    [15016, 'refund_too_old'],
    [2025, 'not_refundable'],
    [2027, 'not_refundable'],
    [2030, 'collector_lacks_money'],
    [2031, 'collector_lacks_money'],
    [2059, 'fee_needs_oauth'],
    [3024, 'partial_not_supported'],
    [4037, 'invalid_request'],
  ] as const)
    it(`with ${code}: ${reason}`, async () => {
      for (const cause of [
        [{ code, description: 'why' }],
        { code: String(code), description: 'why' },
      ]) {
        behave = answering(400, { message: 'no', error: 'bad_request', status: 400, cause });
        assert.deepEqual(await refund(), {
          is: 'refused',
          reason,
          status: 400,
          causes: [{ code: String(code), description: 'why' }],
          message: 'no',
        });
      }
    });

  for (const [status, body, reason] of [
    [401, { message: 'invalid access token', cause: null }, 'token_refused'],
    [403, {}, 'forbidden'],
    [404, { message: 'Payment not found', cause: [] }, 'not_found'],
    [400, { error: 'invalid_grant', message: 'expired' }, 'grant_invalid'],
    [400, { errors: [{ code: 'required_properties', message: 'email' }] }, 'invalid_request'],
  ] as const)
    it(`with status ${status}: ${reason}`, async () => {
      behave = answering(status, body);
      assert.partialDeepStrictEqual(await read(), { is: 'refused', reason, status });
    });
});

describe('an answer is a limit', () => {
  for (const [header, expected] of [
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after': 'Thu, 01 Jan 2015 00:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, null],
    [{}, null],
  ] as const)
    it(`of ${expected} ms with ${JSON.stringify(header)}`, async () => {
      behave = answering(429, 'slow down', header);
      assert.deepEqual(await read(), { is: 'rate_limited', retryAfterMs: expected });
    });
});

describe('an answer is unclear', () => {
  const off = (change: object) => answering(200, { ...payment, ...change });
  for (const [why, behaviour, expected] of [
    ['nothing comes', () => {}, 'timeout'],
    [
      'half of it comes',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"id":');
      },
      'timeout',
    ],
    ['the connection is reset', (request) => request.socket.resetAndDestroy(), 'connection_lost'],
    [
      'it ends in its middle',
      (_r, response) => {
        response.writeHead(200, { 'content-length': '900' });
        response.write('{"id":');
        setImmediate(() => response.socket?.destroy());
      },
      'connection_lost',
    ],
    ['the server broke', answering(500, payment), 'server_error'],
    ['a gateway spoke', answering(502, '<html>'), 'server_error'],
    ['the same key is at work', answering(409, {}), 'conflict'],
    ['it is locked', answering(423, {}), 'conflict'],
    ['it was sent a moment ago', answering(400, { cause: [{ code: 2001 }] }), 'conflict'],
    ['it points elsewhere', answering(302, '', { location: '/login' }), 'redirected'],
    ['it is a page', answering(200, '<html>welcome</html>'), 'not_json'],
    ['a refusal is a page', answering(403, '<html>'), 'not_json'],
    ['it is empty', answering(200, ''), 'not_json'],
    ['it is another thing', answering(200, '"ok"'), 'off_schema'],
    ['the id is missing', off({ id: undefined }), 'off_schema'],
    ['the status is no text', off({ status: 1 }), 'off_schema'],
    ['the amount is a word', off({ transaction_amount: 'much' }), 'off_schema'],
    ['the amount is missing', off({ transaction_amount: null }), 'off_schema'],
    ['the amount is finer than a centavo', off({ transaction_amount: 0.001 }), 'off_schema'],
    ['nobody knows the currency', off({ currency_id: 'ZZZ' }), 'off_schema'],
    ['a date is none', off({ date_approved: 'yesterday' }), 'off_schema'],
    [
      'it never ends',
      answering(200, JSON.stringify({ ...payment, x: 'x'.repeat(5_000_000) })),
      'too_large',
    ],
  ] as readonly (readonly [string, Behaviour, string])[])
    it(`when ${why}: ${expected}`, async () => {
      behave = behaviour;
      requests.length = 0;
      assert.partialDeepStrictEqual(await read(), { is: 'unclear', why: expected });
      assert.equal(requests.length, 1, 'no call is repeated by itself');
    });

  it('when nobody listens: unreachable', async () => {
    const nobody = createMercadoPagoClient({ baseUrl: 'http://127.0.0.1:1', timeoutMs: 2_000 });
    const answer = await nobody.getPayment({ token: 't', id: '1' });
    // Port 1 is refused by fetch itself.
    assert.ok(answer.is === 'unclear' && ['unreachable', 'connection_lost'].includes(answer.why));
  });
});
