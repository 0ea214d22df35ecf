export * from './output-resolver';
export * from './program';
export * from './register';
export type { NodeFileDigest, PostureSummary, StackOutputs } from './stack-outputs';
