export * from './blueprint-props';
export * from './blueprint-schema';
export * from './distributions';
export * from './image-lock';
export * from './load-blueprint';
