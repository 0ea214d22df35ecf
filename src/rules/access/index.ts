export * from './abilities';
export * from './access';
export * from './admin-powers';
export * from './built-in-roles';
export * from './describe';
export * from './permissions';
export * from './subject';
