export * from './kubelet-configuration';
export * from './kubelet-defaults';
export * from './kubelet-distributions';
export * from './kubelet-document';
export * from './kubelet-hardening';
export * from './kubelet-host-parts';
export * from './kubelet-section';
