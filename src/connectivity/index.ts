export * from './connectivity';
export * from './endpoint';
export * from './port-set';
