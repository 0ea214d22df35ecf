export * from './catalogue';
export * from './explain';
export * from './field-values';
export * from './scorer-defects';
export * from './words';
