import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** Gives the run a file in which every test that compares with a snapshot notes its name. */
export default function before(): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-hardened-snapshots-'));
  process.env['SNAPSHOTS_TOUCHED'] = path.join(folder, 'touched');
  fs.writeFileSync(process.env['SNAPSHOTS_TOUCHED'], '');
}
