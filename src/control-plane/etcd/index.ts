export * from './age-recipient';
export * from './etcd-flags';
export * from './etcd-hardening';
export * from './etcd-host-parts';
export * from './etcd-restore-script';
export * from './etcd-section';
export * from './etcd-snapshot-script';
