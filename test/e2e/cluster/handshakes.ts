import * as tls from 'node:tls';
import type { SecureVersion } from 'node:tls';

/** What is offered in a TLS handshake. */
export interface Offer {
  /** @default 'TLSv1.3' */
  readonly maxVersion?: SecureVersion;
  /** Names of OpenSSL, for TLS 1.2. @default - those of OpenSSL */
  readonly ciphers?: string;
  /** Client certificate and key, PEM. */
  readonly cert?: Buffer;
  readonly key?: Buffer;
}

/** What was agreed on with what listens on a loopback port, such as `TLSv1.3 TLS_AES_128_GCM_SHA256`; the error where nothing was. */
export function handshake(port: number, { maxVersion = 'TLSv1.3', ...offer }: Offer = {}): Promise<string> {
  return new Promise((done) => {
    const options = {
      host: '127.0.0.1',
      port,
      servername: 'localhost',
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      maxVersion,
      ...offer,
    } as const;
    const socket = tls.connect(options, () => {
      done(`${socket.getProtocol()} ${socket.getCipher().standardName}`);
      socket.destroy();
    });
    socket.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
  });
}
