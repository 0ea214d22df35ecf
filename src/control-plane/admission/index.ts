export * from './admission-configuration';
export * from './admission-host-parts';
export * from './admission-section';
export * from './api-server-admission';
export * from './static-guard';
