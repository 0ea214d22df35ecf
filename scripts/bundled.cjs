/**
 * Loads a module of `src` as one piece, which is how programs start in the checkout without a build. Its modules number some
 * hundreds, and to load them one by one takes twice as long as to bundle them first (`npm run bench:startup`).
 */
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const { compileFunction } = require('node:vm');
const { buildSync } = require('esbuild');

/** What the module exports. */
exports.bundled = (entry) => {
  const root = path.join(__dirname, '..');
  const filename = path.join(root, entry);
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
  const run = compileFunction(outputFiles[0].text, ['require', 'module', 'exports', '__filename', '__dirname'], { filename });
  const module = { exports: {} };
  run(createRequire(filename), module, module.exports, filename, path.dirname(filename));
  return module.exports;
};
