export * from './access';
export * from './cluster-scoped';
export * from './metadata';
export * from './namespaces';
export * from './network';
export * from './workloads';
