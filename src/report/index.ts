export * from './check-manifests';
export * from './check-report';
export * from './json-report';
export * from './junit-report';
export * from './position';
export * from './sarif-report';
export * from './text-report';
