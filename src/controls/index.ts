export * from './catalogue';
export * from './control';
