export type { CisCheck, CisLook } from './cis-check';
export * from './cis-deviations';
export * from './cis-report';
export * from './predict-cis';
