export * from './to-be-hardened';
