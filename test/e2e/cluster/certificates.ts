import * as crypto from 'node:crypto';
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
copy_extensions = copy
[anything]
organizationName = optional
commonName = supplied
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

/** Puts one that ended yesterday in the place of a certificate of a folder: the same names, key and authority. */
export async function expire(pki: string, name: string): Promise<void> {
  const file = path.join(pki, `${name}.crt`);
  const { subject, subjectAltName = '' } = new crypto.X509Certificate(fs.readFileSync(file));
  const wanted = {
    subject: `/${subject.replaceAll('\n', '/')}`,
    endMs: Date.now() - DAY_MS,
    extensions: ['extendedKeyUsage=serverAuth,clientAuth', `subjectAltName=${subjectAltName.replaceAll('IP Address:', 'IP:')}`],
    key: path.join(pki, `${name}.key`),
  };
  const { cert } = await signed(path.dirname(file), wanted);
  fs.writeFileSync(file, cert);
}

function signedClient(pki: string, subject: string, endMs: number): Promise<Client> {
  return signed(pki, { subject, endMs, extensions: ['extendedKeyUsage=clientAuth'] });
}

interface Wanted {
  readonly subject: string;
  readonly endMs: number;
  readonly extensions: readonly string[];
  /** @default - a new one */
  readonly key?: string;
}

/** A certificate of the authority `ca.crt` in a folder. */
function signed(authority: string, { subject, endMs, extensions, key }: Wanted): Promise<Client> {
  return inFolder(async (openssl, read, folder) => {
    fs.writeFileSync(path.join(folder, 'authority.cnf'), AUTHORITY);
    fs.writeFileSync(path.join(folder, 'index.txt'), '');
    fs.writeFileSync(path.join(folder, 'serial'), '1000\n');
    const own = key === undefined ? [...NEW_KEY, '-keyout', 'client.key'] : ['-new', '-key', key];
    await openssl('req', ...own, '-out', 'client.csr', '-subj', subject, ...extensions.flatMap((extension) => ['-addext', extension]));
    const by = ['-config', 'authority.cnf', '-cert', path.join(authority, 'ca.crt'), '-keyfile', path.join(authority, 'ca.key')];
    const dates = ['-startdate', opensslDate(Date.now() - 2 * DAY_MS), '-enddate', opensslDate(endMs)];
    await openssl('ca', '-batch', '-notext', ...by, ...dates, '-in', 'client.csr', '-out', 'client.crt');
    return { cert: read('client.crt'), key: key === undefined ? read('client.key') : fs.readFileSync(key) };
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
