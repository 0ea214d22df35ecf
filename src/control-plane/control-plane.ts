import { Construct } from 'constructs';
import type { NodeFile } from '../manifest';
import { PlatformSettings } from '../settings';
import type { Distribution } from '../settings';
import type { INodeFileSource } from '../synth';
import type { ClusterHosts, ClusterNetwork } from './cluster-spec';
import { controlPlaneSpecOf } from './control-plane-part';
import { DISTRIBUTION_RENDERERS } from './distributions';

/** Props of `ControlPlane`. */
export interface ControlPlaneProps {
  /** Name of the cluster. */
  readonly name: string;
  readonly distribution: Distribution;
  /** `host:port` at which nodes and people reach the API servers, such as `api.example.com:6443`. */
  readonly endpoint: string;
  readonly hosts: ClusterHosts;
  readonly network: ClusterNetwork;
}

/**
 * The files of the hosts, for one distribution: made of what the parts in the whole app say (audit policy, encryption,
 * authentication …). An app has one; without it the parts make no files.
 */
export class ControlPlane extends Construct implements INodeFileSource {
  private readonly props: ControlPlaneProps;

  public constructor(scope: Construct, id: string, props: ControlPlaneProps) {
    super(scope, id);
    this.props = props;
  }

  public toNodeFiles(): readonly NodeFile[] {
    const { minor } = PlatformSettings.of(this);
    return DISTRIBUTION_RENDERERS[this.props.distribution](controlPlaneSpecOf(this.node.root, { ...this.props, minor }));
  }
}
