export * from './parse-yaml';
export * from './read-yaml';
export * from './yaml-error';
export * from './yaml-limits';
