/** What the engine of the bench runs. */
module.exports = () => require('../../scripts/bundled.cjs').bundled('bench/pulumi/program.ts')();
