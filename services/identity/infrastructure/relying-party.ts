import type { Config } from '#shared/platform/config.ts';
import type { RelyingParty } from '../application/second-factor-ports.ts';

/**
 * The public address of the installation, and what else the operator names. Without either the
 * pages are at localhost, on the port that is listened on: the wanted one may have been busy.
 */
export const createRelyingParty = (
  config: Pick<Config, 'publicUrl' | 'port' | 'passkeyOrigins'>,
): ((listeningPort: number | undefined) => RelyingParty) => {
  const { publicUrl, port, passkeyOrigins } = config;
  return (listeningPort) => {
    const home = new URL(publicUrl ?? `http://localhost:${listeningPort ?? port}`);
    const origins = passkeyOrigins.length > 0 ? passkeyOrigins : [home.origin];
    return { id: home.hostname, origins };
  };
};
