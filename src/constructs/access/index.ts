export * from './api-token';
export * from './least-privilege-role';
export * from './least-privilege-service-account';
export * from './permission';
export * from './resource';
export * from './subject';
