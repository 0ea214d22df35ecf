export * from './approve-certificates-script';
export * from './certificate-renewal';
export * from './certificates-host-parts';
export * from './certificates-section';
export * from './renew-certificates-script';
