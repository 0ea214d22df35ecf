import { calicoHostPolicies, ciliumHostPolicies, hostOpenings } from '../../../src/control-plane';
import type { HostFirewallProps } from '../../../src/control-plane';
import { METADATA_ADDRESSES } from '../../../src/manifest';
import type { KubeObject } from '../../../src/manifest';
import { expectYaml } from '../../support/snapshot';
import { firewallSpec } from './cluster';

const MONITORING = { namespace: 'monitoring', podLabels: { app: 'prometheus' } };
const named = (objects: readonly KubeObject[], name: string) => objects.find(({ metadata }) => metadata.name === name) as KubeObject;

describe('Cilium', () => {
  const policies = (props: HostFirewallProps = {}) => ciliumHostPolicies(firewallSpec(props), MONITORING);

  it('looks like this: the control plane, and metadata services', () => {
    expectYaml(
      'cilium-host-policies',
      policies().filter(({ metadata }) => metadata.name !== 'host-firewall-worker'),
    );
  });

  it('says who in one way a rule, since Cilium takes no two', () => {
    const rules = policies({ nodePorts: true }).flatMap(({ spec }) => (spec.ingress ?? []) as object[]);
    expect(rules.length).toBeGreaterThan(10);
    rules.forEach((rule) => expect(Object.keys(rule).filter((key) => key.startsWith('from'))).toHaveLength(1));
  });

  it('opens every port of the table, and no other', () => {
    const spec = firewallSpec({ nodePorts: true });
    const rules = named(ciliumHostPolicies(spec), 'host-firewall-worker')['spec'].ingress as {
      toPorts?: { ports: { port: string; protocol: string }[] }[];
    }[];
    const open = rules.flatMap(({ toPorts = [] }) =>
      toPorts.flatMap(({ ports }) => ports.map(({ port, protocol }) => `${port}/${protocol}`)),
    );
    expect(new Set(open)).toEqual(new Set(hostOpenings(spec, 'worker').map(({ port, protocol }) => `${port}/${protocol.toUpperCase()}`)));
  });

  it('lets only metrics-server and the metrics collector reach kubelets, of all pods', () => {
    const rules = named(policies(), 'host-firewall-worker')['spec'].ingress as { fromEndpoints?: object[] }[];
    expect(rules.flatMap(({ fromEndpoints = [] }) => fromEndpoints)).toEqual([
      { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s:k8s-app': 'metrics-server' } },
      { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'monitoring', 'k8s:app': 'prometheus' } },
    ]);
  });

  it('denies metadata services without denying anything else', () => {
    const { egressDeny, enableDefaultDeny } = named(policies(), 'block-metadata')['spec'];
    expect(enableDefaultDeny).toEqual({ ingress: false, egress: false });
    expect(egressDeny[0].toCIDR).toHaveLength(METADATA_ADDRESSES.length);
  });
});

describe('Calico', () => {
  const policies = (props: HostFirewallProps = {}) =>
    calicoHostPolicies(firewallSpec(props, { plugin: 'calico', hosts: { nodes: ['10.0.10.0/24', 'fd00:10::/64'] } }));

  it('looks like this: failsafe ports, workers, NodePorts', () => {
    const shown = ['default', 'host-firewall', 'host-firewall.worker', 'host-firewall.node-ports', 'host-firewall.block-metadata'];
    expectYaml(
      'calico-host-policies',
      policies().filter(({ metadata }) => shown.includes(metadata.name)),
    );
  });

  it('keeps no port open to everyone but DHCP, which Calico does by default for SSH and etcd', () => {
    const ports = named(policies(), 'default')['spec'].failsafeInboundHostPorts as { port: number; net: string }[];
    expect(ports.filter(({ net }) => net.endsWith('/0')).map(({ port }) => port)).toEqual([68]);
    expect(ports.filter(({ port }) => port === 2379).map(({ net }) => net)).toEqual(['10.0.10.11/32', 'fd00:10::11/128']);
    expect(ports.filter(({ port }) => port === 10_250)).toEqual([]);
  });

  it('makes host endpoints last, so that the policies are there when something is selected', () => {
    expect(policies().map(({ kind }) => kind)).toEqual([
      'FelixConfiguration',
      'Tier',
      'GlobalNetworkPolicy',
      'GlobalNetworkPolicy',
      'GlobalNetworkPolicy',
      'GlobalNetworkPolicy',
      'KubeControllersConfiguration',
    ]);
  });

  it('ends every policy of a role by denying the rest, and passes on what is not for metadata services', () => {
    const last = (name: string, field: string) => (named(policies(), `host-firewall.${name}`)['spec'][field] as object[]).at(-1);
    expect([last('control-plane', 'ingress'), last('worker', 'ingress'), last('block-metadata', 'egress')]).toEqual([
      { action: 'Deny' },
      { action: 'Deny' },
      { action: 'Pass' },
    ]);
  });

  it('opens NodePorts to load balancers before they are rewritten, when asked for', () => {
    const rules = named(policies({ nodePorts: true }), 'host-firewall.node-ports')['spec'].ingress as { action: string }[];
    expect(rules.map(({ action }) => action)).toEqual(['Allow', 'Allow', 'Deny', 'Deny', 'Deny']);
    expect(rules[0]).toMatchObject({ source: { nets: ['10.0.1.0/28', 'fd00:b::/64'] }, destination: { ports: ['30000:32767'] } });
  });
});
