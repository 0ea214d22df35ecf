export * from './declared-waivers';
export * from './waiver';
export * from './waiver-index';
export * from './waiver-key';
export * from './waived-keys';
