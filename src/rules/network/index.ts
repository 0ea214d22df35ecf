export * from './cilium-policy';
export * from './network-policy';
export * from './open-block';
export * from './policy-port';
