/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  maxWorkers: '100%', // the default leaves a core idle, which is half of a small machine
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/'],
  moduleNameMapper: {
    '^cdk8s-hardened$': '<rootDir>/src/index.ts',
    '^cdk8s-hardened/testing$': '<rootDir>/src/testing/index.ts',
    '^cdk8s-hardened/pulumi$': '<rootDir>/src/pulumi/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1', // a dynamic import names the built file
  },
  transform: { '\\.[cm]?[jt]s$': ['@swc/jest', { jsc: { target: 'es2022' } }] },
  transformIgnorePatterns: ['/node_modules/(?!@marcbachmann/cel-js/)'], // ESM only
  globalSetup: '<rootDir>/test/support/snapshots-before.ts',
  globalTeardown: '<rootDir>/test/support/snapshots-after.ts',
};
