import { POD_TEMPLATE_PATHS } from '../../manifest';
import type { WaivedKeys } from '../../waivers';
import { listLiteral, stringLiteral } from '../cel';
import type { CelCheck, CelContainerCheck, CelRule, CelRuleProps, CelVariable } from '../cel';
import type { Validation } from './admission-objects';

/**
 * The checks of a rule as validations: the text that is evaluated here, with the waivers of its controls before it. Object
 * and containers are told apart, as in a finding, since a waiver is for one or the other.
 */
export function validationsOf({ cel }: CelRule, waived: WaivedKeys): Validation[] {
  return [
    ...(cel.object ? [objectValidation(cel, cel.object, waived)] : []),
    ...(cel.container ? [containerValidation(cel, cel.container, waived)] : []),
  ];
}

/** The variables that waivers need: keys as `waiverKey` makes them, and a list of them for each control. */
export function waiverVariables(waived: WaivedKeys): CelVariable[] {
  const namespace = "dyn(object).metadata.?namespace.orValue('')";
  return [
    { name: 'podKey', expression: `${namespace} + '_' + variables.podSpec.?serviceAccountName.orValue('default') + '_'` },
    { name: 'objectKey', expression: `object.kind + '_' + ${namespace} + '_' + object.metadata.name` },
    ...[...waived].map(([control, keys]) => ({ name: listName(control), expression: listLiteral(keys) })),
  ];
}

function objectValidation(rule: CelRuleProps, { holds, found }: CelCheck, waived: WaivedKeys): Validation {
  const key = rule.match.every(({ kind }) => Object.hasOwn(POD_TEMPLATE_PATHS, kind)) ? 'variables.podKey' : 'variables.objectKey';
  return {
    expression: anyOf(rule.unless, ...waivedAs(key, rule, waived), holds),
    ...messages(rule, found),
  };
}

function containerValidation(rule: CelRuleProps, { of = 'containers', holds, found }: CelContainerCheck, waived: WaivedKeys): Validation {
  const passes = anyOf(...waivedAs('(variables.podKey + c.name)', rule, waived), holds);
  const described = found === undefined ? 'string(c.name)' : `string(c.name) + ' (' + string(${found}) + ')'`;
  return {
    expression: anyOf(rule.unless, `variables.${of}.all(c, ${passes})`),
    ...messages(rule, `variables.${of}.filter(c, !(${passes})).map(c, ${described}).join(', ')`),
  };
}

/** Whether the key is waived for a control of the rule; one control is enough, as for a finding. */
function waivedAs(key: string, { controls }: CelRuleProps, waived: WaivedKeys): string[] {
  return controls.filter((control) => waived.has(control)).map((control) => `${key} in variables.${listName(control)}`);
}

/** The list of a control's waivers: a CEL identifier has no hyphen. */
function listName(control: string): string {
  return `waived${control.replace('-', '')}`;
}

/** One line for the person who is refused: what is wrong, on what, which rule and control, how to mend it. */
function messages({ id, controls, message, remedy }: CelRuleProps, found: string | undefined): Omit<Validation, 'expression'> {
  const rest = ` (rule ${id}, ${controls.length > 1 ? 'controls' : 'control'} ${controls.join(', ')}). To mend: ${remedy}`;
  return {
    message: `${message}${rest}`,
    ...(found === undefined ? {} : { messageExpression: `${stringLiteral(`${message}: `)} + string(${found}) + ${stringLiteral(rest)}` }),
  };
}

/** A single expression as it is written; several in brackets, joined. */
function anyOf(...expressions: readonly (string | undefined)[]): string {
  const given = expressions.filter((expression) => expression !== undefined);
  return given.length === 1 ? (given[0] as string) : given.map((expression) => `(${expression})`).join(' || ');
}
