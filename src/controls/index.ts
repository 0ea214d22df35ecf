export * from './control';
export * from './controls';
export * from './generated-field';
export * from './severity';
