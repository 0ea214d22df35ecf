export * from './annotate-exceptions';
export * from './exception-files';
