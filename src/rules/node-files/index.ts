export * from './api-group';
export * from './audit-evidence';
export * from './audit-flag-problems';
export * from './audit-level';
export * from './audit-policy';
export * from './audit-policy-problems';
export * from './node-file-problem';
