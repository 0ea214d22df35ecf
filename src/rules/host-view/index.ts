export * from './distribution-facts';
export * from './host-document';
export { isExecutable, isInside } from './host-files';
export type { TmpfilesLine } from './host-files';
export * from './host-modes';
export * from './host-view';
export { RANCHER_KIND, TALOS_KIND } from './read-documents';
