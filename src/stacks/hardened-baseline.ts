import { Construct } from 'constructs';
import { IsolatedNamespace } from '../constructs';
import type { IsolatedNamespaceProps } from '../constructs';
import { ConfinementProfiles, ControlPlane } from '../control-plane';
import type { ApiServerAdmissionProps, AuditLoggingProps, ControlPlaneProps, EncryptionProps } from '../control-plane';
import { AccessStack } from './access-stack';
import type { AccessStackProps } from './access-stack';
import { AdmissionStack } from './admission-stack';
import { AuditStack } from './audit-stack';
import { EncryptionStack } from './encryption-stack';
import { FirewallStack } from './firewall-stack';
import type { FirewallStackProps } from './firewall-stack';
import { EnforcementStack } from './enforcement-stack';
import { NodesStack } from './nodes-stack';
import type { NodesStackProps } from './nodes-stack';
import type { ClusterPersona } from './personas';
import { PersonasStack } from './personas-stack';
import { PriorityStack } from './priority-stack';
import { EMPTY_SYSTEM_NAMESPACES, SystemNamespacesStack } from './system-namespaces-stack';
import type { KubeSystemProps } from './system-namespaces-stack';
import { TenantsStack } from './tenants-stack';
import type { INamespaceFactory, TenantProps } from './tenants-stack';

/** The stacks by name, as `without` names them. */
export const STACK_NAMES = [
  'access',
  'admission',
  'audit',
  'confinement-profiles',
  'control-plane',
  'encryption',
  'enforcement',
  'firewall',
  'nodes',
  'personas',
  'priority',
  'system-namespaces',
  'tenants',
] as const;
export type StackName = (typeof STACK_NAMES)[number];

/** Props of `HardenedBaseline`: what a blueprint says beside the settings. */
export interface HardenedBaselineProps {
  /** Who gets to the API server. @default - no identity provider; anonymous requests reach health paths only; Node and RBAC */
  readonly access?: AccessStackProps;
  /** Plugins of the API server. @default - Pod Security restricted, bounded events */
  readonly admission?: ApiServerAdmissionProps;
  /**
   * What the API servers record of requests.
   *
   * @default - profile `nsa`, into a file on each control-plane node
   */
  readonly audit?: AuditLoggingProps;
  /** The cluster whose hosts get files, for its distribution. @default - none: what is said of hosts comes to nothing */
  readonly controlPlane?: ControlPlaneProps;
  /** What the API server encrypts before it stores it. @default - everything but events and leases, with secretbox */
  readonly encryption?: EncryptionProps;
  /** @default - none */
  readonly tenants?: readonly TenantProps[];
  /**
   * Groups that have a persona in the cluster.
   *
   * @default - nobody
   */
  readonly groups?: Partial<Record<ClusterPersona, readonly string[]>>;
  /**
   * What the hosts let in.
   *
   * @default - no firewall
   */
  readonly firewall?: FirewallStackProps;
  /**
   * What nodes and the programs of the control plane are set to.
   *
   * @default - everything hardened; no backups of etcd
   */
  readonly nodes?: NodesStackProps;
  /**
   * Denies by default in kube-system too.
   *
   * @default - kube-system is left alone
   */
  readonly kubeSystem?: KubeSystemProps;
  /**
   * Stacks to leave out, by name.
   *
   * @default - none
   */
  readonly without?: readonly StackName[];
}

/**
 * The stacks that harden a cluster. A platform team that wants one otherwise overrides its factory method; what it adds,
 * it adds to the same app.
 */
export class HardenedBaseline extends Construct implements INamespaceFactory {
  /** The tenants' namespaces; undefined when the stack is left out. */
  public readonly tenants?: TenantsStack;

  public constructor(scope: Construct, id: string, props: HardenedBaselineProps = {}) {
    super(scope, id);
    const factories: Record<StackName, () => Construct | undefined> = {
      access: () => this.createAccess(props),
      admission: () => this.createAdmission(props),
      audit: () => this.createAudit(props),
      'confinement-profiles': () => this.createConfinementProfiles(),
      'control-plane': () => this.createControlPlane(props),
      encryption: () => this.createEncryption(props),
      firewall: () => this.createFirewall(props),
      enforcement: () => this.createEnforcement(props),
      nodes: () => this.createNodes(props),
      personas: () => this.createPersonas(props),
      priority: () => this.createPriority(),
      'system-namespaces': () => this.createSystemNamespaces(props),
      tenants: () => this.createTenants(props),
    };
    const stacks = STACK_NAMES.filter((name) => !props.without?.includes(name)).map((name) => factories[name]());
    this.tenants = stacks.find((stack) => stack instanceof TenantsStack);
  }

  /**
   * The namespace of a tenant, the scope for what runs in it.
   *
   * @throws if no tenant has it
   */
  public namespace(name: string): IsolatedNamespace {
    if (!this.tenants) {
      throw new Error(`There is no namespace '${name}': the stack 'tenants' is left out.`);
    }
    return this.tenants.namespace(name);
  }

  /** Makes a tenant's namespace. Override it to use a class of your own. */
  public createNamespace(scope: Construct, name: string, props: IsolatedNamespaceProps): IsolatedNamespace {
    return new IsolatedNamespace(scope, name, props);
  }

  /** Makes the stack `access`. */
  protected createAccess({ access }: HardenedBaselineProps): Construct {
    return new AccessStack(this, 'access', access);
  }

  /** Makes the stack `admission`. */
  protected createAdmission({ admission }: HardenedBaselineProps): Construct {
    return new AdmissionStack(this, 'admission', admission);
  }

  /** Makes the stack `audit`. */
  protected createAudit({ audit }: HardenedBaselineProps): Construct {
    return new AuditStack(this, 'audit', audit);
  }

  /** Makes the stack `encryption`. */
  protected createEncryption({ encryption }: HardenedBaselineProps): Construct {
    return new EncryptionStack(this, 'encryption', encryption);
  }

  /** Makes the stack `enforcement`, which is empty unless the settings say how rules are enforced. */
  protected createEnforcement({ without = [] }: HardenedBaselineProps): Construct {
    const guardedNamespaces = without.includes('system-namespaces') ? [] : EMPTY_SYSTEM_NAMESPACES;
    return new EnforcementStack(this, 'enforcement', { guardedNamespaces });
  }

  /** Makes the stack `tenants`. */
  protected createTenants({ tenants = [] }: HardenedBaselineProps): TenantsStack {
    return new TenantsStack(this, 'tenants', { tenants, namespaces: this });
  }

  /** Makes the stack `confinement-profiles`: files for nodes, which do nothing until a workload names them. */
  protected createConfinementProfiles(): Construct {
    return new ConfinementProfiles(this, 'confinement-profiles');
  }

  /** Makes the stack `control-plane`; none where the cluster is not known. It turns what the other stacks say of hosts into files. */
  protected createControlPlane({ controlPlane }: HardenedBaselineProps): Construct | undefined {
    return controlPlane && new ControlPlane(this, 'control-plane', controlPlane);
  }

  /** Makes the stack `firewall`; none where nothing is said of one. */
  protected createFirewall({ firewall }: HardenedBaselineProps): Construct | undefined {
    return firewall && new FirewallStack(this, 'firewall', firewall);
  }

  /** Makes the stack `nodes`. */
  protected createNodes({ nodes }: HardenedBaselineProps): Construct {
    return new NodesStack(this, 'nodes', nodes);
  }

  /** Makes the stack `personas`. */
  protected createPersonas({ groups = {} }: HardenedBaselineProps): Construct {
    return new PersonasStack(this, 'personas', { groups });
  }

  /** Makes the stack `priority`. */
  protected createPriority(): Construct {
    return new PriorityStack(this, 'priority');
  }

  /** Makes the stack `system-namespaces`. */
  protected createSystemNamespaces({ kubeSystem }: HardenedBaselineProps): Construct {
    return new SystemNamespacesStack(this, 'system-namespaces', { kubeSystem });
  }
}
