export * from './diff-report';
export * from './posture-change';
export * from './posture-diff';
