export * from './renderers';
