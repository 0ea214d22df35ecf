const unit = require('./jest.config.js');

/** What runs against a cluster of real programs: one for all suites that do not change its servers, others where they need one. */
/** @type {import('jest').Config} */
module.exports = {
  ...unit,
  testMatch: ['<rootDir>/test/e2e/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 2,
  testTimeout: 60_000,
  globalSetup: '<rootDir>/test/e2e/cluster/shared-cluster-before.ts',
  globalTeardown: '<rootDir>/test/e2e/cluster/shared-cluster-after.ts',
  reporters: ['default', '<rootDir>/test/e2e/proofs/reporter.mjs'],
};
