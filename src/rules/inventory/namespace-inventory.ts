import { groupBy, LabelIndex, NAMESPACE_NAME_LABEL, recordOf, stringMapOf } from '../../manifest';
import type { Labels, Manifest } from '../../manifest';
import { ManifestIndex } from './manifest-index';
import { workloadOf } from './workload';
import type { Workload } from './workload';

/** What is in one namespace. */
export class NamespaceInventory extends ManifestIndex {
  /** What makes pods in it, in the order of the manifests. */
  public readonly workloads: readonly Workload[];
  /** Its workloads, by the labels of their pods. */
  public readonly pods: LabelIndex<Workload>;
  /** Its own labels, as far as they are known. */
  public readonly labels: Labels;
  private readonly byAccount: ReadonlyMap<string, readonly Workload[]>;

  public constructor(
    public readonly name: string,
    manifests: readonly Manifest[] = [],
    /** Its Namespace object; undefined where it is made elsewhere, so that what else is in it is not known. */
    public readonly made?: Manifest,
  ) {
    super(manifests);
    this.workloads = manifests.flatMap((manifest) => workloadOf(manifest) ?? []);
    this.pods = new LabelIndex(this.workloads);
    this.labels = new Map([...stringMapOf(recordOf(made?.object.metadata)['labels']), [NAMESPACE_NAME_LABEL, name]]);
    this.byAccount = groupBy(this.workloads, ({ serviceAccount }) => serviceAccount);
  }

  /** The workloads that run as a service account. */
  public runningAs(serviceAccount: string): readonly Workload[] {
    return this.byAccount.get(serviceAccount) ?? [];
  }
}
