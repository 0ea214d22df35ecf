export * from './catalogue';
export * from './field-values';
