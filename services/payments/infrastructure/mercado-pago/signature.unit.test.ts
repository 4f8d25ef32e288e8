import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import { manyCases, type Draw } from '#shared/testing/many-cases.ts';
import { createSignatureVerifier, type SignedRequest } from './signature.ts';

const secret = 'test-secret-0123456789abcdef';
const requestId = 'bb56a2f1-6aae-46ac-982e-9dcd3581d08e';
const orderId = 'ORD01JQ4S4KY8HWQ6NA5PXB65B3D3';
const verify = createSignatureVerifier([{ applicationId: 'shop', secret }]);

/** The published vectors: these MACs were not made by the code under test. */
const macs = {
  A: '069f14c44ae6b5a65af6461c976e00739c04607fb4652d75ad240488bdf513a5',
  B: '8cfa3cea9eb45a56206408548bc706ad4ee07f0b6e0114777d656735f283514b',
  C: 'aaf3934ba0fdadf9e2c63db65b42191f6b78de9b61f684966cb9434b0f69cb2c',
  D: 'ada90157bda162b40279c220006e0241d87e2ac4c06c761704a2b32521f7b45b',
  E: 'b8a72724d865fd4c637650ba2b94bb4d60f1ffe039fe426efe7b5ad4bdd47070',
  F: '07981c8d0f3d99dadb34529dea385ebf32501479de800a5177e7052db31645a8',
  G: 'f1bad83b89a98b0f422109da01ad7a3116f4ded16c940325b9ea220ca4ef2eab',
  H: '95ce3830b965dbe024b3604a0121db9992d121dcf6eb4dd584da82fac2cab68a',
};
const seconds = '1704908010';
const milliseconds = '1742505638683';

const request = (
  dataId: string | undefined,
  ts: string,
  v1: string,
  id: string | undefined = requestId,
): SignedRequest => ({
  query: dataId === undefined ? 'type=payment' : `data.id=${dataId}&type=payment`,
  signature: `ts=${ts},v1=${v1}`,
  requestId: id,
});
const faultOf = (given: SignedRequest): string => {
  const verdict = verify(given);
  return verdict.is === 'refused' ? verdict.fault : 'genuine';
};

describe('the published vectors', () => {
  for (const [name, given, signedForm, at] of [
    ['A: a payment, in seconds', request('1234567890', seconds, macs.A), 'as_sent', 1704908010000],
    ['B: milliseconds', request('1234567890', milliseconds, macs.B), 'as_sent', 1742505638683],
    ['C: the id as sent', request(orderId, milliseconds, macs.C), 'as_sent', 1742505638683],
    ['D: in lower case', request(orderId, milliseconds, macs.D), 'lower_case', 1742505638683],
  ] as const)
    it(`accept ${name}`, () => {
      const verdict = verify(given);
      assert.partialDeepStrictEqual(verdict, { is: 'genuine', applicationId: 'shop', signedForm });
      assert.ok(verdict.is === 'genuine' && verdict.signedAt.getTime() === at);
    });

  for (const [name, given, fault] of [
    ['E: no data.id', request(undefined, seconds, macs.E), 'data_id_missing'],
    [
      'F: no request id',
      { ...request('1234567890', seconds, macs.F), requestId: undefined },
      'request_id_missing',
    ],
    ['G: no final semicolon', request('1234567890', seconds, macs.G), 'mac_wrong'],
    ['H: ts= in the manifest', request('1234567890', seconds, macs.H), 'mac_wrong'],
  ] as const)
    it(`refuse ${name}`, () => assert.equal(faultOf(given), fault));
});

describe('the signature', () => {
  it('closes the hole of an id that holds the rest of the manifest', () => {
    // The manifest of both is the same, and so is the MAC of the genuine pair.
    for (const hole of [
      `1234567890;request-id:${requestId}`,
      `1234567890%3Brequest-id:${requestId}`,
    ])
      for (const id of [undefined, '', requestId]) {
        const given = { ...request(hole, seconds, macs.A), requestId: id };
        assert.equal(faultOf(given), 'data_id_malformed');
      }
  });

  for (const [why, given, fault] of [
    ['two ids', { query: 'data.id=1234567890&data.id=1' }, 'data_id_repeated'],
    ['two ids, one in code', { query: 'data.id=1234567890&data%2Eid=1' }, 'data_id_repeated'],
    ['the id of older notices only', { query: 'id=1234567890&topic=payment' }, 'data_id_missing'],
    ['an empty id', { query: 'data.id=' }, 'data_id_malformed'],
    ['an id too long', { query: `data.id=${'1'.repeat(65)}` }, 'data_id_malformed'],
    ['a request id that is none', { requestId: 'x' }, 'request_id_malformed'],
    ['two request ids', { requestId: `${requestId}, ${requestId}` }, 'request_id_malformed'],
    ['no signature', { signature: undefined }, 'signature_missing'],
    ['no ts', { signature: `v1=${macs.A}` }, 'signature_malformed'],
    ['two ts', { signature: `ts=${seconds},ts=${seconds},v1=${macs.A}` }, 'signature_malformed'],
    ['two v1', { signature: `ts=${seconds},v1=x,v1=${macs.A}` }, 'signature_malformed'],
    ['eleven digits', { signature: `ts=${seconds}0,v1=${macs.A}` }, 'ts_malformed'],
    ['a signed ts', { signature: `ts=+${seconds.slice(1)},v1=${macs.A}` }, 'ts_malformed'],
    [
      '64 characters of 65 bytes',
      { signature: `ts=${seconds},v1=${'é'.padEnd(64, '0')}` },
      'mac_wrong',
    ],
    ['capitals in the MAC', { signature: `ts=${seconds},v1=${macs.A.toUpperCase()}` }, 'mac_wrong'],
    ['half a MAC', { signature: `ts=${seconds},v1=${macs.A.slice(32)}` }, 'mac_wrong'],
  ] as const)
    it(`is refused with ${why}`, () => {
      assert.equal(faultOf({ ...request('1234567890', seconds, macs.A), ...given }), fault);
    });

  it('tries each secret, and says whose it was', () => {
    const several = createSignatureVerifier([
      { applicationId: 'shop', secret: 'the next one' },
      { applicationId: 'shop', secret: 'another' },
      { applicationId: 'qr', secret },
    ]);
    const verdict = several(request('1234567890', seconds, macs.A));
    assert.partialDeepStrictEqual(verdict, { is: 'genuine', applicationId: 'qr' });
  });

  it('does not start without a secret, or with an empty one', () => {
    assert.throws(() => createSignatureVerifier([]), /no webhook secret/);
    for (const empty of ['', ' \n'])
      assert.throws(
        () => createSignatureVerifier([{ applicationId: 'qr', secret: empty }]),
        /application qr is empty/,
      );
  });

  it('may be bound to a wide window', () => {
    const within = (now: number) =>
      createSignatureVerifier([{ applicationId: 'shop', secret }], {
        clock: () => new Date(now),
        toleranceMs: 7 * 86_400_000,
      })(request('1234567890', seconds, macs.A));
    const at = Number(seconds) * 1000;
    assert.equal(within(at + 6 * 86_400_000).is, 'genuine');
    assert.deepEqual(within(at + 8 * 86_400_000), { is: 'refused', fault: 'outside_window' });
    assert.deepEqual(within(at - 8 * 86_400_000), { is: 'refused', fault: 'outside_window' });
  });
});

describe('the parser of notifications', () => {
  const hmac = (manifest: string): string =>
    createHmac('sha256', secret).update(manifest).digest('hex');
  const digits = Array.from('0123456789');
  const hexadecimal = Array.from('0123456789abcdef');
  const alphanumeric = [
    ...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'),
    ...digits,
  ];
  /** Control, printable and beyond ASCII, and what the parser itself looks for. */
  const anything = [
    ...alphanumeric,
    ...Array.from('\0\n\r\t "\\=,;:&?%+.-_/#'),
    'é',
    'ſ',
    '\u212a',
    '\ud800',
    '😀',
  ];
  const timeOf = (draw: Draw): string =>
    `${1 + draw.below(9)}${draw.isHeads() ? draw.text(digits, 9, 9) : draw.text(digits, 12, 12)}`;
  const hex = (draw: Draw, count: number): string => draw.text(hexadecimal, count, count);
  const uuidOf = (draw: Draw): string =>
    `${hex(draw, 8)}-${hex(draw, 4)}-4${hex(draw, 3)}-a${hex(draw, 3)}-${hex(draw, 12)}`;
  const genuineOf = (draw: Draw) => ({
    id: draw.text(alphanumeric, 1, draw.of([4, 12, 64])),
    rid: uuidOf(draw),
    ts: timeOf(draw),
    isLowered: draw.isHeads(),
  });
  const toRequest = ({ id, rid, ts, isLowered }: ReturnType<typeof genuineOf>) => ({
    query: `type=payment&data.id=${id}`,
    signature: `ts=${ts},v1=${hmac(`id:${isLowered ? id.toLowerCase() : id};request-id:${rid};ts:${ts};`)}`,
    requestId: rid,
  });

  it('accepts whatever was signed', () => {
    manyCases((draw) => {
      const given = genuineOf(draw);
      const verdict = verify(toRequest(given));
      assert.ok(verdict.is === 'genuine' && verdict.dataId === given.id, given.id);
    });
  });

  it('refuses a genuine request with any one character changed', () => {
    let cases = 0;
    let refused = 0;
    manyCases((draw) => {
      cases += 1;
      const given = genuineOf(draw);
      const original = toRequest(given);
      const signedId = given.isLowered ? given.id.toLowerCase() : given.id;
      const part = draw.of(['query', 'signature', 'requestId'] as const);
      const text = original[part];
      const i = draw.below(text.length);
      const next = text.slice(0, i) + draw.text(anything, 0, 2) + text.slice(i + 1);
      const verdict = verify({ ...original, [part]: next });
      if (verdict.is === 'refused') {
        refused += 1;
        return;
      }
      // What may change: nothing at all, the type, spaces and commas around fields, the case of a lowered id.
      const fields = next.split(',').map((field) => field.trim());
      const known = fields.filter((field) => /^(?:ts|v1)=/.test(field));
      const isHarmless =
        next === text ||
        (part === 'query' && new URLSearchParams(next).get('data.id') === given.id) ||
        (part === 'signature' && known.join(',') === text) ||
        (part === 'query' && verdict.dataId.toLowerCase() === signedId);
      assert.ok(isHarmless, JSON.stringify(next));
    });
    assert.ok(refused > cases / 2, `${refused} of ${cases} refused: the changes change nothing`);
  });

  it('neither throws nor accepts on any text', () => {
    manyCases((draw) => {
      const text = (): string => draw.text(anything, 0, draw.of([3, 20, 120]));
      const query = draw.of([
        text,
        () => `data.id=${text()}`,
        () => `data.id=${draw.text(alphanumeric, 1, 64)}`,
      ])();
      const id = draw.of([() => undefined, text, () => uuidOf(draw)])();
      const signature = draw.of([
        () => undefined,
        text,
        () => `ts=${timeOf(draw)},v1=${text()}`,
        () => `v1=${hex(draw, 64)},ts=${draw.isHeads() ? timeOf(draw) : text()}`,
      ])();
      assert.equal(verify({ query, requestId: id, signature }).is, 'refused');
    });
  });
});
