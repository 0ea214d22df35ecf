import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { clusterScoped, objectMetadata } from '../constructs';
import type { GeneratedFields } from '../controls';
import type { KubeObject } from '../manifest';
import { admissionLimitProblems, CEL_RULES, enforcementProblems, renderPolicies, RULES } from '../rules';
import type { CelRule } from '../rules';
import { PlatformSettings } from '../settings';
import { manifestOf } from '../synth';
import { declaredWaivers, Waiver, waivedKeys } from '../waivers';
import type { WaivedKeys } from '../waivers';
import { admissionGuards } from './admission-guards';

/** Props of `EnforcementStack`. */
export interface EnforcementStackProps {
  /**
   * Namespaces without a tenancy label whose isolation is guarded all the same.
   *
   * @default - none
   */
  readonly guardedNamespaces?: readonly string[];
  /**
   * Rules to enforce.
   *
   * @default - every rule about one object
   */
  readonly rules?: readonly CelRule[];
}

/**
 * The rules as ValidatingAdmissionPolicies, with the waivers in them, and policies that guard what isolates the namespaces.
 * Nothing at all where the settings name no `enforcement`. Made at synth, when every waiver of the tree is known.
 */
export class EnforcementStack extends Chart {
  /** The controls it answers, and the fields that it sets for them. */
  public static readonly generates: GeneratedFields = {
    'POD-08': [
      { kind: 'ValidatingAdmissionPolicy', field: 'spec.failurePolicy', value: 'Fail' },
      { kind: 'ValidatingAdmissionPolicyBinding', field: 'spec.validationActions', value: ['Deny'] },
    ],
    'NET-03': [
      { kind: 'ValidatingAdmissionPolicy', field: 'spec.matchConstraints.resourceRules[?].resources[?]', value: 'networkpolicies' },
    ],
    'NET-08': [
      { kind: 'ValidatingAdmissionPolicy', field: 'spec.matchConstraints.resourceRules[?].resources[?]', value: 'resourcequotas' },
    ],
  };

  public constructor(scope: Construct, id: string, props: EnforcementStackProps = {}) {
    super(scope, id);
    // Every synthesis asks for validations first: the last moment before rendering.
    this.node.addValidation({ validate: () => this.render(props) });
  }

  /** Makes the objects anew, and says what cannot be. */
  private render({ guardedNamespaces = [], rules = CEL_RULES }: EnforcementStackProps): string[] {
    const settings = PlatformSettings.of(this);
    this.node.children.forEach(({ node }) => this.node.tryRemoveChild(node.id));
    if (settings.enforcement === undefined) {
      return [];
    }
    const problems = enforcementProblems(settings.enforcement, [...RULES, ...rules]);
    const objects = [
      ...renderPolicies({ rules, settings, waived: this.waived(settings) }),
      ...admissionGuards(settings.enforcement.exempt, guardedNamespaces),
    ];
    objects.forEach((object) => this.add(object));
    return [
      ...problems.map(({ path, message }) => `enforcement.${path.join('.')}: ${message}`),
      ...objects.flatMap(admissionLimitProblems),
    ];
  }

  private add({ metadata: { name }, ...object }: KubeObject): void {
    clusterScoped(new ApiObject(this, name, { ...object, metadata: objectMetadata(this, { name, component: 'admission' }) }));
  }

  /** What the waivers of the settings and of the whole tree accept. */
  private waived(settings: PlatformSettings): WaivedKeys {
    const { root } = this.node;
    const waivers = [...settings.waivers.map((props) => Waiver.from(props)), ...declaredWaivers(root)];
    const names = new Set(waivers.map(({ target }) => target.split('/').at(-1)));
    const objects = root.node
      .findAll()
      .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct) && names.has(construct.name));
    return waivedKeys(
      waivers,
      objects.map((construct) => manifestOf(construct).object),
      settings.asOf,
    );
  }
}
