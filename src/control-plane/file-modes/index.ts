export * from './file-modes';
export * from './file-modes-host-parts';
export * from './file-modes-table';
