/**
 * Starts `src/main.ts` as one piece: what `cdk8s synth` and `npm run synth` run in the checkout. Its modules number some hundreds, and
 * to load them one by one takes twice as long as to bundle them first (`npm run bench:startup`). Same as `node --import tsx src/main.ts`.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { compileFunction } from 'node:vm';
import { buildSync } from 'esbuild';

const root = path.join(import.meta.dirname, '..');
const filename = path.join(root, 'src/main.ts');
const { dependencies, peerDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const { outputFiles } = buildSync({
  entryPoints: [filename],
  bundle: true,
  write: false,
  platform: 'node',
  target: `node${process.versions.node}`,
  external: Object.keys({ ...dependencies, ...peerDependencies }),
  logLevel: 'error',
});
const main = compileFunction(outputFiles[0].text, ['require', 'module', 'exports', '__filename', '__dirname'], { filename });
const module = { exports: {} };
main(createRequire(filename), module, module.exports, filename, path.dirname(filename));
