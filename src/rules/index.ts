export * from './artifacts-rule';
export * from './cel';
export * from './examples';
export * from './finding';
export * from './node-files';
export * from './pod-security';
export * from './rule';
export * from './rules';
