import type { SchemaOptions } from 'yaml';
import { KUBECTL_SCALARS } from './kubectl-scalars';
import type { PlainValueOptions } from './plain-value';

/** How a text is read. */
export interface Dialect extends PlainValueOptions {
  readonly schema: SchemaOptions;
  /** Line breaks that some readers know and others do not: what is a comment to one is a field to the other. */
  readonly oddLineBreaks?: RegExp;
}

/**
 * How unquoted text is read: `core` is the core schema of YAML 1.2, for the settings files of this project; `kubectl` is what
 * kubectl makes of manifests. Hostile YAML grows exponentially through aliases; who writes by hand needs few of them.
 */
export const YAML_DIALECTS = {
  core: { schema: { schema: 'core' }, mergeKeys: false, maxAliasedValues: 1_000 },
  kubectl: {
    schema: { schema: 'failsafe', customTags: KUBECTL_SCALARS },
    mergeKeys: true,
    maxAliasedValues: 100_000,
    oddLineBreaks: /\r(?!\n)|[\u0085\u2028\u2029]/,
  },
} as const satisfies Record<string, Dialect>;

export type YamlDialect = keyof typeof YAML_DIALECTS;
