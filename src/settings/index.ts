export * from './dns';
export * from './platform-settings';
export * from './waiver-props';
