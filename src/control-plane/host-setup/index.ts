export * from './cloud-init';
export * from './host-setup-files';
export * from './install-script';
