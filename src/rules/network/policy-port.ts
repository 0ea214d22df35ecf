import { textOf } from '../../manifest';
import type { WireObject } from '../../manifest';

/** An entry of `ports` in a policy. */
export interface PolicyPort {
  readonly protocol: string;
  /** A port with a name, which only the container knows. */
  readonly name?: string;
  readonly first: number;
  readonly last: number;
}

const FIRST_PORT = 1;
const LAST_PORT = 65_535;

/** An entry as the API server completes it: TCP unless it says otherwise, and every port unless it names one. */
export function policyPortOf({ protocol, port, endPort }: WireObject): PolicyPort {
  const name = textOf(port);
  const first = typeof port === 'number' ? port : FIRST_PORT;
  const last = typeof endPort === 'number' ? endPort : typeof port === 'number' ? port : LAST_PORT;
  return { protocol: textOf(protocol) ?? 'TCP', ...(name === undefined ? { first, last } : { name, first: 0, last: 0 }) };
}

/** Whether a rule with these ports opens the port, or all of them if none is given. No ports means every port. */
export function opensPort(ports: readonly PolicyPort[], wanted: PolicyPort | undefined): boolean {
  return ports.length === 0 || (wanted !== undefined && ports.some((port) => includes(port, wanted)));
}

function includes(port: PolicyPort, wanted: PolicyPort): boolean {
  const every = port.first === FIRST_PORT && port.last === LAST_PORT;
  const sameName = port.name === wanted.name && port.first <= wanted.first && port.last >= wanted.last;
  return port.protocol === wanted.protocol && (every || sameName);
}
