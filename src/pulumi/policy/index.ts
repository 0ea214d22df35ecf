export * from './pack';
export * from './policies';
