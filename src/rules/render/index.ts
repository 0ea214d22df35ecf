export * from './admission-limits';
export * from './admission-objects';
export * from './bindings';
export * from './enforcement-problems';
export * from './kubernetes-identities';
export * from './policies';
export * from './update-condition';
