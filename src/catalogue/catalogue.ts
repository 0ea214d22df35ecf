import * as constructs from '../constructs';
import * as controlPlane from '../control-plane';
import { MANAGED_ANSWERS } from '../control-plane';
import type { ManagedAnswer, ManagedDistribution } from '../control-plane';
import { CONTROLS } from '../controls';
import type { Control, GeneratedField, GeneratedFields } from '../controls';
import { RULES } from '../rules';
import type { Rule } from '../rules';
import * as stacks from '../stacks';
import * as synth from '../synth';

/** What sets fields: constructs and stacks with one declaration in common, by class name. */
export interface Generator {
  readonly names: readonly string[];
  readonly fields: GeneratedFields;
}

/** A control, and all that serves it. */
export interface CatalogueEntry {
  readonly control: Control;
  /** Rules that check it, in CEL or across objects. */
  readonly rules: readonly Rule[];
  /** How it is answered where a provider runs the control plane, if it is otherwise there. */
  readonly managed?: Readonly<Record<ManagedDistribution, ManagedAnswer>>;
  readonly generators: readonly { readonly names: readonly string[]; readonly fields: readonly GeneratedField[] }[];
}

/** Every class of this package that declares `generates`. */
export function generators(): Generator[] {
  const byDeclaration = new Map<GeneratedFields, string[]>();
  for (const [name, value] of Object.entries({ ...synth, ...constructs, ...controlPlane, ...stacks })) {
    if (typeof value === 'function' && 'generates' in value) {
      const fields = value.generates;
      byDeclaration.set(fields, [...(byDeclaration.get(fields) ?? []), name]);
    }
  }
  return [...byDeclaration].map(([fields, names]) => ({ names: names.sort(), fields }));
}

/** Who serves which control, from what rules, constructs and stacks say of themselves. In the order of the guide. */
export function catalogue(): CatalogueEntry[] {
  const all = generators();
  return CONTROLS.map((control) => ({
    control,
    rules: RULES.filter((rule) => (rule.controls as readonly string[]).includes(control.id)),
    managed: (MANAGED_ANSWERS as Readonly<Record<string, Record<ManagedDistribution, ManagedAnswer> | undefined>>)[control.id],
    generators: generatorsOf(control, all),
  }));
}

/** Those that set the same fields, such as the kinds of workload, in one line. */
function generatorsOf({ id }: Control, all: readonly Generator[]): CatalogueEntry['generators'] {
  const byFields = new Map<readonly GeneratedField[], readonly string[]>();
  for (const { names, fields } of all) {
    const served = (fields as Readonly<Record<string, readonly GeneratedField[] | undefined>>)[id];
    if (served) {
      byFields.set(served, [...(byFields.get(served) ?? []), ...names]);
    }
  }
  return [...byFields].map(([fields, names]) => ({ names, fields }));
}
