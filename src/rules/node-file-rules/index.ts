export * from './node-file-rule';
export * from './node-file-rules';
