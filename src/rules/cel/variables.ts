import type { PlatformSettings } from '../../settings';

/** A variable that rules share: a CEL expression, which may use the object and the variables before it. */
export interface CelVariable {
  readonly name: string;
  readonly expression: string;
}

/**
 * The shared variables, in the order in which the API server must see them. What depends on the platform is a literal.
 *
 * `dyn(object)` keeps the API server's type checker quiet when one policy matches several kinds; below `spec` all is
 * read with `.?`, and nothing depends on what the API server fills in, so the answer is the same before and after it.
 */
export function celVariables(settings: PlatformSettings): readonly CelVariable[] {
  return [
    {
      name: 'pod',
      expression:
        "object.kind == 'Pod' ? dyn(object) : object.kind == 'CronJob' ? dyn(object).spec.jobTemplate.spec.template : dyn(object).spec.template",
    },
    { name: 'podSpec', expression: 'variables.pod.spec' },
    { name: 'annotations', expression: 'variables.pod.?metadata.?annotations.orValue({})' },
    { name: 'appContainers', expression: 'variables.podSpec.?containers.orValue([])' },
    { name: 'boundedContainers', expression: 'variables.appContainers + variables.podSpec.?initContainers.orValue([])' },
    { name: 'containers', expression: 'variables.boundedContainers + variables.podSpec.?ephemeralContainers.orValue([])' },
    { name: 'volumes', expression: 'variables.podSpec.?volumes.orValue([])' },
    { name: 'windows', expression: "variables.podSpec.?os.?name.orValue('') == 'windows'" },
    { name: 'roleRules', expression: 'has(object.rules) && object.rules != null ? dyn(object).rules : []' },
    { name: 'registries', expression: listLiteral(settings.registries ?? []) },
    { name: 'podSecurityVersion', expression: stringLiteral(`v${settings.minor}`) },
  ];
}

/** A list of strings as a CEL literal. */
export function listLiteral(values: readonly string[]): string {
  return `[${values.map(stringLiteral).join(', ')}]`;
}

/** A string as a CEL literal. */
export function stringLiteral(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`;
}
