import { z } from 'zod';
import { BLUEPRINT_FILE } from '../blueprint';
import { nearestName } from '../manifest';

/** A value that `pulumi config` stores as JSON: everything but texts. */
function json<T extends z.ZodType>(schema: T) {
  return z.preprocess((text) => (typeof text === 'string' ? parsed(text) : text), schema);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const SCHEMA = z.strictObject({
  /** Blueprint of the cluster, from the folder of `Pulumi.yaml`. */
  blueprint: z.string().default(BLUEPRINT_FILE),
  /** Values that take the place of those in the blueprint, of the same shape. */
  overrides: json(z.record(z.string(), z.unknown())).optional(),
  /** Context of the kubeconfig. */
  context: z.string().optional(),
  /** Whether the stack may be destroyed, with all namespaces. */
  ephemeral: json(z.boolean()).default(false),
  /** Whether objects that are there already are taken over: after a run that was killed, or from another tool. */
  adopt: json(z.boolean()).default(false),
  /** Tenants whose objects this stack has, and no others. */
  tenants: json(z.array(z.string()).min(1)).optional(),
  /** Stack that has all but the tenants' objects: `organization/project/stack`. This one then has tenants' alone. */
  platformStack: z.string().optional(),
  /** Whether this stack leaves the tenants' objects to others. */
  platformOnly: json(z.boolean()).default(false),
  /** Whether the cluster is asked for its version first; not where it is made by the same `pulumi up`. */
  checkCluster: json(z.boolean()).default(true),
  /** Day that the expiry of waivers is judged against. */
  asOf: z.iso.date().optional(),
});

/** What `pulumi config` says. Keys are those of the project, such as `cdk8s-hardened:ephemeral`. */
export type ProgramConfig = z.output<typeof SCHEMA>;

/**
 * Reads and checks the configuration of the stack.
 *
 * @param all every value by its whole key, as Pulumi has it
 * @throws with every key that is wrong
 */
export function programConfig(project: string, all: Readonly<Record<string, string>>): ProgramConfig {
  const prefix = `${project}:`;
  const own = Object.entries(all).filter(([key]) => key.startsWith(prefix));
  const result = SCHEMA.safeParse(Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value])));
  const mistakes = result.success ? contradictions(result.data) : result.error.issues.flatMap(describe);
  if (!result.success || mistakes.length > 0) {
    throw new Error([...mistakes.map((mistake) => `✗ ${prefix}${mistake}`), 'Nothing was applied.'].join('\n'));
  }
  return result.data;
}

function contradictions({ tenants, platformStack, platformOnly }: ProgramConfig): string[] {
  return platformOnly && (tenants || platformStack)
    ? [`platformOnly: the stack of a platform has no tenants. Remove it, or '${tenants ? 'tenants' : 'platformStack'}'.`]
    : platformStack !== undefined && !tenants
      ? ['platformStack: a stack beside that of the platform has tenants. Say which: pulumi config set --path tenants[0] NAME']
      : [];
}

function describe(issue: z.core.$ZodIssue): string[] {
  if (issue.code !== 'unrecognized_keys') {
    return [`${issue.path.join('.')}: ${issue.message}`];
  }
  const known = Object.keys(SCHEMA.shape);
  return issue.keys.map((key) => {
    const meant = nearestName(key, known);
    return `${key} is no key of the configuration.${meant ? ` Did you mean '${meant}'?` : ''} There are ${known.join(', ')}.`;
  });
}
