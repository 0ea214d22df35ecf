export * from './object-problem';
export * from './parse-manifests';
export * from './read-limits';
export * from './read-manifests';
export * from './read-node-files';
