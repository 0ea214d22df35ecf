/** What `Resource.custom` is told. */
export interface CustomResourceProps {
  /** API group, such as `cert-manager.io`. */
  readonly group: string;
  /** Plural name, as in URLs: `certificates`. */
  readonly plural: string;
  /** Whether its objects live in namespaces. */
  readonly namespaced: boolean;
}

const PLURAL = /^[a-z][a-z0-9-]*(\/[a-z]+)?$/;
const GROUP = /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)?$/;

/** A kind of API object that a permission is about. A wildcard cannot be written. */
export class Resource {
  public static readonly CONFIG_MAPS = Resource.core('configmaps');
  public static readonly ENDPOINT_SLICES = new Resource('discovery.k8s.io', 'endpointslices', true);
  public static readonly EVENTS = Resource.core('events');
  public static readonly LIMIT_RANGES = Resource.core('limitranges');
  public static readonly NAMESPACES = new Resource('', 'namespaces', false);
  public static readonly NODES = new Resource('', 'nodes', false);
  public static readonly NODE_METRICS = new Resource('', 'nodes/metrics', false);
  public static readonly PERSISTENT_VOLUME_CLAIMS = Resource.core('persistentvolumeclaims');
  public static readonly PERSISTENT_VOLUMES = new Resource('', 'persistentvolumes', false);
  public static readonly PODS = Resource.core('pods');
  public static readonly POD_LOGS = Resource.core('pods/log');
  public static readonly POD_EVICTIONS = Resource.core('pods/eviction');
  public static readonly RESOURCE_QUOTAS = Resource.core('resourcequotas');
  public static readonly SECRETS = Resource.core('secrets');
  public static readonly SERVICES = Resource.core('services');
  public static readonly SERVICE_ACCOUNTS = Resource.core('serviceaccounts');
  public static readonly DAEMON_SETS = new Resource('apps', 'daemonsets', true);
  public static readonly DEPLOYMENTS = new Resource('apps', 'deployments', true);
  public static readonly DEPLOYMENT_SCALES = new Resource('apps', 'deployments/scale', true);
  public static readonly REPLICA_SETS = new Resource('apps', 'replicasets', true);
  public static readonly STATEFUL_SETS = new Resource('apps', 'statefulsets', true);
  public static readonly STATEFUL_SET_SCALES = new Resource('apps', 'statefulsets/scale', true);
  public static readonly HORIZONTAL_POD_AUTOSCALERS = new Resource('autoscaling', 'horizontalpodautoscalers', true);
  public static readonly CRON_JOBS = new Resource('batch', 'cronjobs', true);
  public static readonly JOBS = new Resource('batch', 'jobs', true);
  public static readonly LEASES = new Resource('coordination.k8s.io', 'leases', true);
  public static readonly INGRESSES = new Resource('networking.k8s.io', 'ingresses', true);
  public static readonly NETWORK_POLICIES = new Resource('networking.k8s.io', 'networkpolicies', true);
  public static readonly POD_DISRUPTION_BUDGETS = new Resource('policy', 'poddisruptionbudgets', true);
  public static readonly CLUSTER_ROLES = Resource.rbac('clusterroles', false);
  public static readonly CLUSTER_ROLE_BINDINGS = Resource.rbac('clusterrolebindings', false);
  public static readonly ROLES = Resource.rbac('roles', true);
  public static readonly ROLE_BINDINGS = Resource.rbac('rolebindings', true);
  public static readonly STORAGE_CLASSES = new Resource('storage.k8s.io', 'storageclasses', false);
  public static readonly PRIORITY_CLASSES = new Resource('scheduling.k8s.io', 'priorityclasses', false);
  public static readonly RUNTIME_CLASSES = new Resource('node.k8s.io', 'runtimeclasses', false);
  public static readonly CUSTOM_RESOURCE_DEFINITIONS = new Resource('apiextensions.k8s.io', 'customresourcedefinitions', false);
  public static readonly VALIDATING_ADMISSION_POLICIES = Resource.admission('validatingadmissionpolicies');
  public static readonly VALIDATING_ADMISSION_POLICY_BINDINGS = Resource.admission('validatingadmissionpolicybindings');
  public static readonly VALIDATING_WEBHOOK_CONFIGURATIONS = Resource.admission('validatingwebhookconfigurations');
  public static readonly MUTATING_WEBHOOK_CONFIGURATIONS = Resource.admission('mutatingwebhookconfigurations');

  /**
   * A custom resource, or a built-in one that is not listed.
   *
   * @throws if group or plural is not a name: `*` is not (AUTH-05)
   */
  public static custom(props: CustomResourceProps): Resource {
    return new Resource(props.group, props.plural, props.namespaced);
  }

  private static core(plural: string): Resource {
    return new Resource('', plural, true);
  }

  private static rbac(plural: string, namespaced: boolean): Resource {
    return new Resource('rbac.authorization.k8s.io', plural, namespaced);
  }

  private static admission(plural: string): Resource {
    return new Resource('admissionregistration.k8s.io', plural, false);
  }

  private constructor(
    public readonly group: string,
    public readonly plural: string,
    public readonly namespaced: boolean,
  ) {
    if (!PLURAL.test(plural) || !GROUP.test(group)) {
      throw new Error(
        `Resource '${plural}' of group '${group}' is not a name (control AUTH-05: roles name what they grant). ` +
          "Write the plural in lower case, such as 'certificates', and its group, such as 'cert-manager.io'; wildcards are not possible.",
      );
    }
  }
}
