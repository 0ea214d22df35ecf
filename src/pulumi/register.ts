import * as pulumi from '@pulumi/pulumi';
import { identityOf, nameOf } from '../manifest';
import type { KubeObject, Manifest } from '../manifest';
import { planStages } from '../synth';
import type { HardenedApp, StagedManifest, Synthesis } from '../synth';
import { ControllerFields } from './controller-fields';
import { InFlight } from './in-flight';
import { kindClass } from './kind-classes';
import { isOwnedByKubernetes } from './kubernetes-owned';
import { OutputResolver } from './output-resolver';
import { refuseUnfit } from './refuse-unfit';
import { runError } from './run-error';
import { wavesOf } from './waves';

/** Options of `register`. */
export interface RegisterOptions {
  /** @default - the ambient provider: the current context of the kubeconfig */
  readonly provider?: pulumi.ProviderResource;
  /**
   * Whether the stack may be destroyed. Otherwise namespaces and custom resource definitions are protected: with one of them
   * goes everything in it.
   *
   * @default false
   */
  readonly ephemeral?: boolean;
  /** Which of the objects; all are assessed. @default - every one */
  readonly select?: (manifest: Manifest) => boolean;
  /**
   * Objects that somebody else owns, of which only the fields given are set. Those that Kubernetes makes itself are always so.
   *
   * @default - none
   */
  readonly patch?: (object: KubeObject) => boolean;
  /** Further options of an object's resource, such as `import`. They win over those that are set here. @default - none */
  readonly options?: (object: KubeObject) => pulumi.CustomResourceOptions;
}

/** What `register` has made. */
export interface Registration {
  readonly component: pulumi.ComponentResource;
  /** The resource of each object, by `identityOf`. */
  readonly resources: ReadonlyMap<string, pulumi.CustomResource>;
  readonly synthesis: Synthesis;
}

/** Objects under way at once: more than any engine works on, and few enough for the memory of ten thousand. */
const MOST_IN_FLIGHT = 250;

const CONSEQUENCE = 'Nothing was applied.';

/**
 * Registers what the app renders as resources of @pulumi/kubernetes, in the order of its stages: each is a component that depends
 * on the one before, so that there is about one dependency an object.
 *
 * A resource is called `[namespace/]name` and lies under components of constant types, so that moving an object to another
 * chart or stage changes nothing. No manifest is an input of a component: those are stored as they are, secrets included.
 *
 * @param name of the component: the cluster
 * @throws RunError with everything that is wrong, before anything is registered
 */
export async function register(name: string, app: HardenedApp, options: RegisterOptions = {}): Promise<Registration> {
  const outputs = app.resolvers.find((resolver) => resolver instanceof OutputResolver);
  const { synthesis, staged } = prepare(app, outputs, options);
  await refuseUnfit(
    staged.map(({ manifest }) => manifest),
    outputs,
    CONSEQUENCE,
  );
  const component = new Group('App', name, { provider: options.provider });
  const resources = await registerStages(staged, { name, component, outputs, options });
  return { component, resources, synthesis };
}

/** @throws RunError with everything that is wrong */
function prepare(app: HardenedApp, outputs: OutputResolver | undefined, { select = () => true }: RegisterOptions) {
  try {
    const synthesis = app.synthesise(CONSEQUENCE);
    return { synthesis, staged: planStages(synthesis.artifacts.manifests).filter(({ manifest }) => select(manifest)) };
  } catch (error) {
    const { message } = error as Error;
    const hint = 'Mend: let the app resolve Outputs: `new HardenedApp({ resolvers: [new OutputResolver()] })`.';
    // cdk8s says of an Output that it cannot be rendered, and not what to do.
    throw runError(!outputs && message.includes('OutputImpl') ? [message, hint, CONSEQUENCE].join('\n') : message);
  }
}

interface Context {
  readonly name: string;
  readonly component: Group;
  readonly outputs?: OutputResolver;
  readonly options: RegisterOptions;
}

async function registerStages(staged: readonly StagedManifest[], context: Context): Promise<Map<string, pulumi.CustomResource>> {
  const { name, component, outputs, options } = context;
  const resources = new Map<string, pulumi.CustomResource>();
  const fields = new ControllerFields(staged.map(({ manifest }) => manifest.object));
  const inFlight = new InFlight(MOST_IN_FLIGHT);
  let previous: Group | undefined;
  for (const { label, items } of wavesOf(staged)) {
    const parent = new Group('Stage', `${name}-${label}`, { parent: component, dependsOn: previous });
    for (const { manifest, stage, needs } of items) {
      const { object } = manifest;
      const patch = isOwnedByKubernetes(object) || (options.patch?.(object) ?? false);
      const beside = stage === 'workloads' ? needs.filter((need) => need.stage === stage) : []; // what is in other waves is waited for
      const own: pulumi.CustomResourceOptions = {
        parent,
        dependsOn: beside.flatMap((need) => resources.get(identityOf(need.manifest.object)) ?? []),
        protect: !options.ephemeral && !patch && holdsOthers(object),
        // Names are fixed, so a replacement would meet what it replaces, or delete itself (pulumi-kubernetes#4522).
        deleteBeforeReplace: true,
        ignoreChanges: fields.of(object),
      };
      await inFlight.enter();
      const inputs = outputs?.restore(object) ?? object;
      const every = pulumi.mergeOptions(own, options.options?.(object));
      const resource = withoutStack(() => new (kindClass(object, patch))(nameOf(object), inputs, every));
      resource.urn.apply(() => inFlight.leave());
      resources.set(identityOf(object), resource);
    }
    parent.close();
    previous = parent;
  }
  protection(context, previous);
  component.close();
  return resources;
}

/**
 * Keeps a protected stack whole. The engine goes on past a deletion that is refused (step_executor.go, cancelDueToError), so that
 * `destroy --skip-preview` would leave the namespaces, with nothing in them. This depends on everything, and so is the first to be
 * deleted; where it is refused, the engine leaves all that it depends on.
 */
function protection({ name, component, options }: Context, lastStage: Group | undefined): void {
  new Group('Protection', `${name}-protection`, { parent: component, dependsOn: lastStage, protect: !options.ephemeral }).close();
}

/** Whether everything in it is deleted with it. */
function holdsOthers({ kind }: KubeObject): boolean {
  return kind === 'Namespace' || kind === 'CustomResourceDefinition';
}

/**
 * The SDK takes the stack of calls of each resource, which is always ours, and sends it whole: that would be a quarter of all that is
 * sent, and most of the time.
 */
function withoutStack<T>(body: () => T): T {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = (error) => String(error);
  try {
    return body();
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}

/** A component without inputs. Its type is a part of the URN of all below it, and never changes. */
class Group extends pulumi.ComponentResource {
  public constructor(type: 'App' | 'Stage' | 'Protection', name: string, options: pulumi.ComponentResourceOptions) {
    super(`cdk8s-hardened:index:${type}`, name, {}, options);
  }

  public close(): void {
    this.registerOutputs({});
  }
}
