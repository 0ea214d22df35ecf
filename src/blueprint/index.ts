export type { BlueprintOverrides } from './blueprint-overrides';
export * from './blueprint-props';
export * from './blueprint-schema';
export * from './control-plane-props';
export * from './kube-system-refused';
export * from './image-lock';
export * from './load-blueprint';
