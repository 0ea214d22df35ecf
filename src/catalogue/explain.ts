import { nearestName } from '../manifest';
import type { Control, ControlMappings } from '../controls';

import type { Rule } from '../rules';
import { catalogue } from './catalogue';
import type { CatalogueEntry } from './catalogue';
import { SCORER_DEFECTS } from './scorer-defects';
import { DISPOSITION_WORDS, fieldText, MAPPING_SOURCES } from './words';

/** Fields that are named before the rest is counted. */
const FIELDS_SHOWN = 6;

/**
 * What the catalogue has to a topic: the id of a control (`POD-02`), of a rule (`run-as-non-root`), or of a check of another tool
 * that looks at the same thing (`C-0013`, `CKV_K8S_20`, `5.2.7`). In any case of letters.
 *
 * @throws if it has nothing; the error names what was probably meant
 */
export function entriesFor(topic: string): CatalogueEntry[] {
  const entries = catalogue();
  const called = (namesOf: (entry: CatalogueEntry) => readonly string[]): CatalogueEntry[] =>
    entries.filter((entry) => namesOf(entry).some((name) => name.toLowerCase() === topic.toLowerCase()));
  const found = [ownNamesOf, checksOf].map(called).find((some) => some.length > 0); // tools give their checks the names of our rules
  if (found) {
    return found;
  }
  const near = nearestName(
    topic,
    entries.flatMap((entry) => [...ownNamesOf(entry), ...checksOf(entry)]),
  );
  const hint =
    near === undefined
      ? 'Topics are controls such as POD-02, rules such as run-as-non-root, and checks of other tools such as C-0013'
      : `Did you mean ${near}`;
  throw new Error(`There is no control, rule or check called ${JSON.stringify(topic)}. ${hint}${near === undefined ? '.' : '?'}`);
}

function ownNamesOf({ control, rules }: CatalogueEntry): string[] {
  return [control.id, ...rules.map(({ id }) => id)];
}

function checksOf({ control }: CatalogueEntry): string[] {
  return Object.values(control.mappings).flat();
}

/** A control for the person who reads it in a terminal: what, why, who sets it, how to mend, how to waive, what other tools say. */
export function explain({ control, generators, rules }: CatalogueEntry): string {
  const lines: (readonly [string, string])[] = [
    ['why', control.why],
    ['guide', `${control.section}; severity ${control.severity}; ${control.disposition.map((way) => DISPOSITION_WORDS[way]).join(', ')}`],
    ...generators.map(({ names, fields }) => {
      const more = fields.length - FIELDS_SHOWN;
      const shown = fields.slice(0, FIELDS_SHOWN).map(fieldText).join(', ');
      return ['set by', `${names.join(', ')}: ${shown}${more > 0 ? ` and ${more} more` : ''}`] as const;
    }),
    ...rules.flatMap((rule) => [['rule', ruleText(rule)] as const, ['mend', rule.remedy] as const]),
    ...(control.practice === undefined ? [] : [['people', control.practice] as const]),
    ...(rules.length === 0 ? [] : [['waive', waiveText(control)] as const]),
    ...(Object.entries(control.mappings) as [keyof ControlMappings, readonly string[]][]).map(
      ([source, ids]) => ['see', `${MAPPING_SOURCES[source]}: ${ids.join(', ')}`] as const,
    ),
    ...SCORER_DEFECTS.filter((defect) => defect.control === control.id).map(
      ({ tool, check, why }) => ['leave', `${tool} ${check}: ${why}`] as const,
    ),
  ];
  return [`${control.id}  ${control.title}`, ...lines.map(([label, text]) => `    ${label.padEnd(8)} ${text}`), ''].join('\n');
}

function waiveText({ id, waivable }: Control): string {
  return waivable
    ? `waivers: [{ control: ${id}, target: Deployment/<namespace>/<name>, reason: …, owner: …, expires: YYYY-MM-DD }]`
    : 'not possible for this control';
}

function ruleText({ id, scope, message }: Rule): string {
  return `${id}: ${message} (${scope === 'object' ? 'CEL, at admission too' : 'over all objects'})`;
}

/** Every control in a line, for who does not know what to ask for. */
export function listOfControls(): string {
  return catalogue()
    .map(({ control }) => `${control.id.padEnd(7)}  ${control.title}\n`)
    .join('');
}
