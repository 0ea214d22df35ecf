export * from './output-resolver';
export * from './register';
