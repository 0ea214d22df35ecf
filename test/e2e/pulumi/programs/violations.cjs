/** `main` of the test's project. */
module.exports = () => require('../../../../scripts/bundled.cjs').bundled('test/e2e/pulumi/programs/violations.ts')();
