export * from './anonymous-access';
export * from './api-server-authentication';
export * from './authentication-configuration';
export * from './authentication-host-parts';
export * from './oidc-issuer';
