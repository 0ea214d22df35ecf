export * from './kernel-host-parts';
export * from './kernel-section';
export * from './kernel-settings';
export * from './sysctls';
