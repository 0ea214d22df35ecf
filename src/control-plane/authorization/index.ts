export * from './api-server-authorization';
export * from './authorization-configuration';
export * from './authorization-host-parts';
