export * from './isolated-namespace';
export * from './namespace-quota';
