export * from './assess';
export * from './format-assessment';
