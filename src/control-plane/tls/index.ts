export * from './tls-floor';
export * from './tls-host-parts';
export * from './tls-section';
