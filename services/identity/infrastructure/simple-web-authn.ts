import { passkeyAlgorithms } from '../domain/second-factors.ts';
import type { PasskeyAssertion, WebAuthn } from '../application/second-factor-ports.ts';
import { parseJson } from '#shared/kernel/parse-json.ts';

/** Half a second and 25 MB that only installations with passkeys pay for. */
const load = () => import('@simplewebauthn/server');

const decode = (text: string): Buffer<ArrayBuffer> => Buffer.from(text, 'base64url');

/** What the library takes: it knows no null. */
const withoutNull = ({ userHandle, ...response }: PasskeyAssertion['response']) =>
  typeof userHandle === 'string' ? { ...response, userHandle } : response;

/** WebAuthn's own rules, by `@simplewebauthn/server`. What it throws is an answer that is not good. */
export const createSimpleWebAuthn = (): WebAuthn => ({
  challengeOf(clientDataJson) {
    try {
      const client = parseJson(decode(clientDataJson).toString('utf8')) as Record<string, unknown>;
      // Our pages are in nobody's frame.
      if (client['crossOrigin'] === true || client['topOrigin'] !== undefined) return undefined;
      return typeof client['challenge'] === 'string' ? client['challenge'] : undefined;
    } catch {
      return undefined;
    }
  },

  async register({ id, rawId, type, response }, challenge, party) {
    const { verifyRegistrationResponse } = await load();
    try {
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response: {
          id,
          rawId,
          type,
          response: { ...response, transports: [...(response.transports ?? [])] },
          clientExtensionResults: {},
        },
        expectedChallenge: challenge,
        expectedOrigin: [...party.origins],
        expectedRPID: party.id,
        requireUserVerification: true,
        supportedAlgorithmIDs: [...passkeyAlgorithms],
      });
      if (!verified || !registrationInfo) return undefined;
      const { credential, credentialDeviceType } = registrationInfo;
      return {
        credentialId: decode(credential.id),
        publicKey: Buffer.from(credential.publicKey),
        counter: credential.counter,
        transports: response.transports ?? [],
        isSynced: credentialDeviceType === 'multiDevice',
      };
    } catch {
      return undefined;
    }
  },

  async verify({ id, rawId, type, response }, challenge, party, passkey) {
    const { verifyAuthenticationResponse } = await load();
    try {
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response: { id, rawId, type, response: withoutNull(response), clientExtensionResults: {} },
        expectedChallenge: challenge,
        expectedOrigin: [...party.origins],
        expectedRPID: party.id,
        requireUserVerification: true,
        credential: {
          id: passkey.credentialId.toString('base64url'),
          publicKey: new Uint8Array(passkey.publicKey),
          // Judged by ourselves: only of a good signature does its counter say anything.
          counter: 0,
        },
      });
      return verified ? { counter: authenticationInfo.newCounter } : undefined;
    } catch {
      return undefined;
    }
  },
});
