export * from './assess';
export * from './cis';
export * from './exceptions';
export * from './format-assessment';
export * from './markdown';
export * from './waiver-report';
export * from './waivers-in-force';
