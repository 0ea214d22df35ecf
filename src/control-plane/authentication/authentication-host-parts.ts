import * as path from 'node:path';
import { configYaml } from '../config-yaml';
import type { ControlPlaneSpec } from '../control-plane-spec';
import type { HostLayout } from '../host-layout';
import type { HostParts } from '../host-parts';
import { shortHash } from '../read-on-start';
import type { AuthenticationConfiguration, AuthenticationSection } from './authentication-configuration';

/** The document that the API server reads. */
export function authenticationConfiguration(section: AuthenticationSection): AuthenticationConfiguration {
  return { apiVersion: 'apiserver.config.k8s.io/v1', kind: 'AuthenticationConfiguration', ...section };
}

/**
 * File and flag of authentication. `--anonymous-auth` and `--oidc-*` must not stand beside the file: the API server does not
 * start with both. It takes a changed `jwt` while it runs, and refuses the whole file when `anonymous` changed: the name of the
 * file has a hash of that part, so that its change is a restart.
 */
export function authenticationHostParts({ authentication }: ControlPlaneSpec, layout: HostLayout): HostParts {
  if (authentication === undefined) {
    return {};
  }
  const name = `authentication-${shortHash(configYaml(authentication.anonymous))}.yaml`;
  const file = path.posix.join(layout.hardening, 'authentication', name);
  return {
    files: [
      {
        role: 'control-plane',
        path: file,
        mode: '0600',
        owner: 'root:root',
        content: configYaml(authenticationConfiguration(authentication)),
      },
    ],
    flags: { 'kube-apiserver': [{ name: 'authentication-config', value: file }] },
  };
}
