import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { untouchedSnapshots } from '../support/snapshot';

it('a snapshot that no test touched is found; after a whole run that fails it', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'snapshots-'));
  ['used.yaml', 'stale.yaml'].forEach((file) => fs.writeFileSync(path.join(folder, file), ''));
  expect(untouchedSnapshots(new Set(['used.yaml', '']), folder)).toEqual(['stale.yaml']);
  fs.rmSync(folder, { recursive: true });
});
