import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { runOrFail } from './commands';

/** A client certificate and its key, PEM. */
export interface Client {
  readonly cert: Buffer;
  readonly key: Buffer;
}

const ADMINISTRATOR = '/O=system:masters/CN=kubernetes-admin';

/** What `openssl ca` needs to know: it alone takes dates of the past. */
const AUTHORITY = `[ca]
default_ca = authority
[authority]
new_certs_dir = .
database = index.txt
serial = serial
default_md = sha256
policy = anything
x509_extensions = client
[anything]
organizationName = optional
commonName = supplied
[client]
extendedKeyUsage = clientAuth
`;

/** An administrator by the word of an authority of its own. */
export function strangeClient(): Promise<Client> {
  return inFolder(async (openssl, read) => {
    await openssl('req', '-x509', ...NEW_KEY, '-keyout', 'client.key', '-out', 'client.crt', '-days', '1', '-subj', ADMINISTRATOR);
    return { cert: read('client.crt'), key: read('client.key') };
  });
}

/** An administrator by the word of the authority of the cluster, whose certificates lie in a folder, until yesterday. */
export function expiredClient(pki: string): Promise<Client> {
  return signedClient(pki, ADMINISTRATOR, Date.now() - DAY_MS);
}

/** Somebody else by its word, for a day. */
export function clientNamed(pki: string, name: string): Promise<Client> {
  return signedClient(pki, `/CN=${name}`, Date.now() + DAY_MS);
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
const DAY_MS = 24 * 3600 * 1000;

function signedClient(pki: string, subject: string, endMs: number): Promise<Client> {
  return inFolder(async (openssl, read, folder) => {
    fs.writeFileSync(path.join(folder, 'authority.cnf'), AUTHORITY);
    fs.writeFileSync(path.join(folder, 'index.txt'), '');
    fs.writeFileSync(path.join(folder, 'serial'), '1000\n');
    await openssl('req', ...NEW_KEY, '-keyout', 'client.key', '-out', 'client.csr', '-subj', subject);
    const authority = ['-config', 'authority.cnf', '-cert', path.join(pki, 'ca.crt'), '-keyfile', path.join(pki, 'ca.key')];
    const dates = ['-startdate', opensslDate(Date.now() - 2 * DAY_MS), '-enddate', opensslDate(endMs)];
    await openssl('ca', '-batch', '-notext', ...authority, ...dates, '-in', 'client.csr', '-out', 'client.crt');
    return { cert: read('client.crt'), key: read('client.key') };
  });
}

type Work = (openssl: (...args: string[]) => Promise<string>, read: (name: string) => Buffer, folder: string) => Promise<Client>;

async function inFolder(work: Work): Promise<Client> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'client-'));
  try {
    return await work(
      (...args) => runOrFail('openssl', args, { cwd: folder }),
      (name) => fs.readFileSync(path.join(folder, name)),
      folder,
    );
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** Such as `261124101500Z`. */
function opensslDate(ms: number): string {
  return new Date(ms).toISOString().replace(/^20(\d\d)-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d).*$/, '$1$2$3$4$5$6Z');
}
