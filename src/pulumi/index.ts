export * from './output-resolver';
export * from './program';
export * from './register';
export type { NodeFileDigest, Posture, StackOutputs } from './stack-outputs';
