/**
 * Writes `index.mjs` beside the CommonJS build, so that `import` has named exports and both ways share one instance.
 *
 *   node scripts/esm-wrapper.mjs lib
 */
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';

const folder = path.resolve(process.argv[2] ?? 'lib');
const names = Object.keys(createRequire(import.meta.url)(path.join(folder, 'index.js'))).sort();
const lines = ["import library from './index.js';", '', ...names.map((name) => `export const ${name} = library.${name};`), ''];
fs.writeFileSync(path.join(folder, 'index.mjs'), lines.join('\n'));
