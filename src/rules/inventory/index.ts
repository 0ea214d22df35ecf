export * from './inventory';
export * from './manifest-index';
export * from './namespace-inventory';
export * from './workload';
