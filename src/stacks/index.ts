export * from './audit-stack';
export * from './firewall-stack';
export * from './hardened-baseline';
export * from './personas';
export * from './personas-stack';
export * from './priority-stack';
export * from './system-namespaces-stack';
export * from './tenants-stack';
