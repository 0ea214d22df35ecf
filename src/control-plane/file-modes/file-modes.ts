import { Construct } from 'constructs';
import type { GeneratedFields } from '../../controls';
import type { IControlPlanePart } from '../control-plane-part';
import type { ControlPlaneSections } from '../control-plane-spec';

/** Props of `FileModes`. */
export interface FileModesProps {
  /**
   * Mode of the cluster's certificates on the hosts. `0644` where something that is not root reads them, such as an agent that
   * watches when they end.
   *
   * @default '0600'
   */
  readonly certificates?: '0600' | '0644';
}

/** Modes and owners of what lies on the hosts: kubeconfigs, keys, manifests, the kubelet's files, etcd's data (CIS 1.1, 4.1). */
export class FileModes extends Construct implements IControlPlanePart {
  /** The controls it answers, and the fields that it sets for them. */
  public static readonly generates: GeneratedFields = {
    'NET-18': [{ kind: 'NodeFile', field: 'path', value: '/etc/tmpfiles.d/kubernetes-hardening.conf' }],
  };

  private readonly props: FileModesProps;

  public constructor(scope: Construct, id: string, props: FileModesProps = {}) {
    super(scope, id);
    this.props = props;
  }

  public controlPlaneSections(): Partial<ControlPlaneSections> {
    return { fileModes: { certificates: this.props.certificates ?? '0600' } };
  }
}
