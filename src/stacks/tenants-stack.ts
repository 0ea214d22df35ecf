import { Construct } from 'constructs';
import type { GeneratedFields } from '../controls';
import { LeastPrivilegeRole, NamespaceQuota, Subject } from '../constructs';
import type { IsolatedNamespace, IsolatedNamespaceProps, NamespaceQuotaName } from '../constructs';
import { TENANT_PERSONA_PERMISSIONS, TENANT_PERSONAS } from './personas';
import type { TenantPersona } from './personas';

/** Who shares the cluster. */
export interface TenantProps {
  readonly name: string;
  /** Who answers for it: a mail address or a team. */
  readonly owner: string;
  /** Names of its namespaces. */
  readonly namespaces: readonly string[];
  /** @default 'medium' */
  readonly quota?: NamespaceQuotaName;
  /**
   * Groups that have a persona in the namespaces.
   *
   * @default - nobody
   */
  readonly groups?: Partial<Record<TenantPersona, readonly string[]>>;
}

/** Makes a namespace, so that a platform team can put its own class in its place. */
export interface INamespaceFactory {
  createNamespace(scope: Construct, name: string, props: IsolatedNamespaceProps): IsolatedNamespace;
}

/** Props of `TenantsStack`. */
export interface TenantsStackProps {
  readonly tenants: readonly TenantProps[];
  readonly namespaces: INamespaceFactory;
}

/** The namespaces of the tenants, each a chart of its own, and who may do what in them. */
export class TenantsStack extends Construct {
  /** The controls it answers, and the fields that it sets for them. */
  public static readonly generates: GeneratedFields = {
    'AUTH-06': [{ kind: 'RoleBinding', field: 'subjects[].kind', value: 'Group' }],
  };

  private readonly namespaces = new Map<string, IsolatedNamespace>();

  /** @throws if two tenants, or two namespaces, have one name (NET-02) */
  public constructor(scope: Construct, id: string, props: TenantsStackProps) {
    super(scope, id);
    const names = props.tenants.map((tenant) => tenant.name);
    const twice = names.find((name, index) => names.indexOf(name) < index);
    if (twice !== undefined) {
      throw new Error(`Two tenants are called '${twice}' (control NET-02: each tenant has its own). Give one of them another name.`);
    }
    props.tenants.forEach((tenant) => this.addTenant(tenant, props.namespaces));
  }

  /**
   * The namespace of this name, the scope for what runs in it.
   *
   * @throws if no tenant has it
   */
  public namespace(name: string): IsolatedNamespace {
    const found = this.namespaces.get(name);
    if (!found) {
      throw new Error(`No tenant has a namespace '${name}'. There are ${[...this.namespaces.keys()].join(', ') || 'none'}.`);
    }
    return found;
  }

  private addTenant({ name, owner, namespaces, quota = 'medium', groups = {} }: TenantProps, factory: INamespaceFactory): void {
    for (const namespace of namespaces) {
      if (this.namespaces.has(namespace)) {
        throw new Error(
          `Two tenants, or one of them twice, have the namespace '${namespace}' (control NET-02: each tenant has its own). The second is ${name}.`,
        );
      }
      const isolated = factory.createNamespace(this, namespace, { tenant: name, owner, quota: NamespaceQuota.named(quota) });
      this.namespaces.set(namespace, isolated);
      for (const persona of TENANT_PERSONAS.filter((candidate) => (groups[candidate] ?? []).length > 0)) {
        const subjects = (groups[persona] as string[]).map((group) => Subject.group(group));
        new LeastPrivilegeRole(isolated, persona, { permissions: TENANT_PERSONA_PERMISSIONS[persona], subjects });
      }
    }
  }
}
