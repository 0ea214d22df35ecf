export * from './distribution';
export * from './dns';
export * from './enforcement';
export * from './localhost-profiles';
export * from './platform-pods';
export * from './platform-settings';
export * from './waiver-props';
