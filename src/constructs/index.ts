export * from './access';
export * from './metadata';
export * from './namespaces';
export * from './network';
export * from './workloads';
