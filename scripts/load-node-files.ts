/**
 * Puts the files for hosts in front of the code that reads them there: a line for each file, and 1 as exit code if one is
 * refused. Needs Go; the first build for a minor takes some minutes.
 *
 *   npm run load:node-files -- [<folder>...] [--minor 1.36]     folders with an index.json; dist/nodes unless given
 */
import { execFileSync, spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { SUPPORTED_MINORS } from '../src';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { minor: { type: 'string', default: '1.36' } } });
const minor = SUPPORTED_MINORS.find((supported) => supported === values.minor);
if (minor === undefined) {
  process.stderr.write(`load:node-files: --minor is ${values.minor}. Write one of ${SUPPORTED_MINORS.join(', ')}.\n`);
  process.exit(2);
}
execFileSync('bash', [path.join(__dirname, 'kubernetes-tools.sh'), minor, 'load'], { stdio: 'inherit' });
const program = path.join(__dirname, '../tools/bin/kubernetes', minor, 'load');
const folders = positionals.length > 0 ? positionals : ['dist/nodes'];
const codes = folders.map((folder) => spawnSync(program, [folder], { stdio: 'inherit' }).status ?? 2);
process.exitCode = Math.max(...codes);
