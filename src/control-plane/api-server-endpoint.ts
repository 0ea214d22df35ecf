import { isIP } from 'node:net';
import type { ClusterSpec } from './cluster-spec';

const ENDPOINT = /^(?:\[([0-9a-f:]+)\]|([a-z0-9]([-a-z0-9.]*[a-z0-9])?)):(\d{1,5})$/;
const MAX_PORT = 65_535;

/** Why a text is not `host:port`, or undefined if it is. */
export function endpointProblem(text: string): string | undefined {
  const [, v6, name, , port] = ENDPOINT.exec(text) ?? [];
  const right = (v6 === undefined ? name !== undefined : isIP(v6) === 6) && Number(port) > 0 && Number(port) <= MAX_PORT;
  return right ? undefined : `'${text}' is not host:port, such as api.example.com:6443, 192.0.2.10:6443 or [2001:db8::10]:6443`;
}

/** Name or address in an endpoint, without brackets. */
export function endpointHost(endpoint: string): string {
  const [, v6, name] = ENDPOINT.exec(endpoint) ?? [];
  return v6 ?? name ?? endpoint;
}

/** Names and addresses that certificates of API servers must have: the endpoint, and every control-plane node. */
export function apiServerNames({ endpoint, hosts }: Pick<ClusterSpec, 'endpoint' | 'hosts'>): string[] {
  return [...new Set([endpointHost(endpoint), ...hosts.controlPlane])];
}
