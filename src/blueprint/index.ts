export * from './blueprint-props';
export * from './blueprint-schema';
export * from './kube-system-refused';
export * from './image-lock';
export * from './load-blueprint';
