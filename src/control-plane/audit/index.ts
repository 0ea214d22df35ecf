export * from './audit-host-parts';
export * from './audit-loads';
export * from './audit-logging';
export * from './audit-profiles';
export * from './audit-logging-props';
export * from './audit-section';
export * from './audit-sizes';
export * from './audit-volume';
