export * from './cel-rule';
export * from './lint-cel';
export * from './variables';
