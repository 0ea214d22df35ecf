import { inContainerList, inController, OTHER_CONTAINER_LISTS } from '../../src/rules';
import type { CelRule, Finding, Rule } from '../../src/rules';
import type { KubeObject } from '../../src/manifest';
import { PlatformSettings } from '../../src/settings';

export const SETTINGS = PlatformSettings.from({
  registries: ['registry.example.com/', 'registry.example.com:5000/'],
  nodes: { userNamespaces: true },
});

export const CONTROLLERS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job', 'CronJob'];

export function findings(rule: Rule, ...objects: KubeObject[]): readonly Finding[] {
  const manifests = objects.map((object) => ({ object, origin: {} }));
  return rule.check({ artifacts: { manifests, nodeFiles: [] }, settings: SETTINGS, waivers: [] });
}

/** An object, and whether the rule must find something in it. */
export interface Expectation {
  readonly what: string;
  readonly object: KubeObject;
  readonly fails: boolean;
}

/** Every example, with what is expected of it: as it is, inside each controller, and with its container in each other list. */
export function expectations(rule: CelRule): Expectation[] {
  const { pass, fail } = rule.cel.examples();
  const examples = [
    ...pass.map((object, index) => ({ what: `pass ${index}`, object, fails: false })),
    ...fail.map((object, index) => ({ what: `fail ${index}`, object, fails: true })),
  ];
  const pods = rule.cel.match.some(({ kind }) => kind === 'Pod') ? examples.filter(({ object }) => object.kind === 'Pod') : [];
  return [
    ...examples,
    ...pods.flatMap((example) =>
      CONTROLLERS.map((kind) => ({ ...example, what: `${example.what} in a ${kind}`, object: inController(example.object, kind) })),
    ),
    ...pods.flatMap((example) =>
      OTHER_CONTAINER_LISTS.filter((list) => looksInto(rule, list, example.object, example.fails)).map((list) => ({
        ...example,
        what: `${example.what} in ${list}`,
        object: inContainerList(example.object, list),
      })),
    ),
  ];
}

/** Whether moving the container keeps what is expected: a container that fails must be in a list that the rule looks at. */
function looksInto(rule: CelRule, list: string, pod: KubeObject, fails: boolean): boolean {
  const inList = rule.cel.container?.of === undefined || (rule.cel.container.of === 'boundedContainers' && list !== 'ephemeralContainers');
  const byContainer = findings(rule, pod).some(({ target }) => target.container !== undefined);
  return fails ? byContainer && inList : true;
}

/** The examples of `meant` on which the rule does not say what is expected of it. */
export function wrongVerdicts(rule: CelRule, meant: readonly Expectation[] = expectations(rule)): string[] {
  return meant.flatMap(({ what, object, fails }) => {
    const found = findings(rule, object).map(({ message }) => message);
    const evaluationError = found.some((message) => message.includes('wrong type'));
    return found.length > 0 !== fails || evaluationError ? [`${what}: ${found.join('; ') || 'no finding'}`] : [];
  });
}
