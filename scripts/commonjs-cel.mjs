/**
 * Puts a CommonJS form of `@marcbachmann/cel-js`, which is published as ES modules only, into the build: jest does not load
 * those from `node_modules`, so nobody could use this package in a test without configuring jest for it.
 *
 *   node scripts/commonjs-cel.mjs lib
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import ts from 'typescript';

const folder = path.resolve(process.argv[2] ?? 'lib');
const source = path.join(import.meta.dirname, '../node_modules/@marcbachmann/cel-js');
const target = path.join(folder, 'vendor/cel-js');
fs.mkdirSync(target, { recursive: true });
fs.copyFileSync(path.join(source, 'LICENSE'), path.join(target, 'LICENSE'));
for (const file of fs.readdirSync(path.join(source, 'lib')).filter((name) => name.endsWith('.js'))) {
  const { outputText } = ts.transpileModule(fs.readFileSync(path.join(source, 'lib', file), 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  fs.writeFileSync(path.join(target, file), outputText);
}

const importer = path.join(folder, 'rules/cel/environment.js');
const before = fs.readFileSync(importer, 'utf8');
const after = before.replace('require("@marcbachmann/cel-js")', 'require("../../vendor/cel-js/index.js")');
if (after === before) {
  throw new Error(`${importer} does not require @marcbachmann/cel-js: the build would still need it.`);
}
fs.writeFileSync(importer, after);
