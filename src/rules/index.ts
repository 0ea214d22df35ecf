export * from './artifacts-rule';
export * from './cel';
export * from './examples';
export * from './finding';
export * from './rule';
export * from './rules';
