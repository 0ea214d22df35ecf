export * from './kube-proxy-configuration';
export * from './kube-proxy-hardening';
export * from './kube-proxy-section';
