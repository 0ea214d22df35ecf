/** Runs `src/pulumi/main.ts`: what `pulumi up` does in the checkout. */
const { RunError } = require('@pulumi/pulumi');

module.exports = async () => {
  let program;
  try {
    program = require('./bundled.cjs').bundled('src/pulumi/main.ts');
  } catch (error) {
    const told = new RunError(`${error.message}\nMend: npm ci. Nothing was applied.`);
    told.stack = told.message; // with a stack Pulumi takes most of a minute on Node 20 to show it
    throw told;
  }
  return program();
};
