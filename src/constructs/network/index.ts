export * from './allow-flow';
export * from './flow-end';
export * from './flow-port';
export * from './hardened-ingress';
export * from './hardened-service';
export * from './internet-ranges';
export * from './peer';
export * from './workload-network-policy';
