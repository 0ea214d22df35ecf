export * from './assess';
export * from './exceptions';
export * from './format-assessment';
export * from './waiver-report';
export * from './waivers-in-force';
