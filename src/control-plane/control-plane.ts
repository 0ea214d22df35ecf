import { Construct } from 'constructs';
import type { NodeFile } from '../manifest';
import { MANAGED_DISTRIBUTIONS, PlatformSettings } from '../settings';
import type { Distribution } from '../settings';
import type { INodeFileSource } from '../synth';
import { endpointProblem } from './api-server-endpoint';
import { clusterProblems } from './cluster-problems';
import type { ClusterProblem } from './cluster-problems';
import type { ClusterHosts, ClusterNetwork, ClusterSpec } from './cluster-spec';
import { controlPlaneSpecOf } from './control-plane-part';
import { DISTRIBUTION_RENDERERS } from './distributions';

/** Props of `ControlPlane`. What made the cluster, its minor and its nodes, the settings say. */
export interface ControlPlaneProps {
  /** Name of the cluster. */
  readonly name: string;
  /**
   * `host:port` at which nodes and people reach the API servers, such as `api.example.com:6443`.
   *
   * @default - unknown, which it may be on EKS, GKE and AKS only
   */
  readonly endpoint?: string;
  /** @default - unknown, which they may be on EKS, GKE and AKS only */
  readonly hosts?: ClusterHosts;
  /** @default - unknown, which it may be on EKS, GKE and AKS only */
  readonly network?: ClusterNetwork;
}

/** What may not be known of a cluster that a provider makes. */
const UNKNOWN_HOSTS: ClusterHosts = { controlPlane: [], nodes: [] };
const UNKNOWN_NETWORK: ClusterNetwork = { pods: [], services: [], plugin: 'other' };

/**
 * The files of the hosts, for the distribution that the settings name: made of what the parts in the whole app say (audit policy,
 * encryption, authentication …). An app has one; without it the parts make no files.
 */
export class ControlPlane extends Construct implements INodeFileSource {
  private readonly props: ControlPlaneProps;

  public constructor(scope: Construct, id: string, props: ControlPlaneProps) {
    super(scope, id);
    this.props = props;
  }

  /** @throws with everything that is wrong with the cluster, or if the app has another control plane */
  public toNodeFiles(): readonly NodeFile[] {
    const { minor, distribution, apiServer, nodes } = PlatformSettings.of(this);
    const other = this.node.root.node.findAll().find((construct) => construct instanceof ControlPlane && construct !== this);
    if (other !== undefined) {
      throw new Error(
        `[${this.node.path}] there is another control plane, ${other.node.path}: an app is for one cluster. Remove one of them.`,
      );
    }
    if (distribution === undefined) {
      throw new Error(
        `[${this.node.path}] the settings name no distribution, on which it depends what files there are. Set \`distribution\`.`,
      );
    }
    const problems = missingOrWrong(distribution, this.props);
    if (problems.length > 0) {
      const lines = problems.map(({ field, message, control, remedy }) => `  ${field}: ${message} (control ${control}). ${remedy}`);
      throw new Error(`[${this.node.path}] no files can be made for ${this.props.name}:\n${lines.join('\n')}`);
    }
    const { name, endpoint = '', hosts = UNKNOWN_HOSTS, network = UNKNOWN_NETWORK } = this.props;
    const cluster: ClusterSpec = { name, endpoint, hosts, network, minor, distribution, apiServerPort: apiServer?.port, nodes };
    return DISTRIBUTION_RENDERERS[distribution](controlPlaneSpecOf(this.node.root, cluster));
  }
}

function missingOrWrong(distribution: Distribution, { endpoint, hosts, network }: ControlPlaneProps): ClusterProblem[] {
  const wrongEndpoint = endpoint === undefined ? undefined : endpointProblem(endpoint);
  return [
    ...(MANAGED_DISTRIBUTIONS.some((managed) => managed === distribution) ? [] : missing({ endpoint, hosts, network })),
    ...(wrongEndpoint === undefined
      ? []
      : [{ field: 'endpoint', message: wrongEndpoint, control: 'NET-12' as const, remedy: 'Write it so.' }]),
    ...(hosts && network ? clusterProblems({ distribution, hosts, network }) : []),
  ];
}

function missing(props: Pick<ControlPlaneProps, 'endpoint' | 'hosts' | 'network'>): ClusterProblem[] {
  return Object.entries(props)
    .filter(([, value]) => value === undefined)
    .map(([field]) => ({ field, message: 'it is missing, and files for hosts are made from it', control: 'NET-11', remedy: 'Add it.' }));
}
