import type { GeneratedField } from '../controls';
import { podTemplateOf } from '../manifest';
import type { KubeObject } from '../manifest';

/** Whether the object has the field, with the value if one is named. */
export function hasField(object: KubeObject, { kind, field, value }: GeneratedField): boolean {
  const start: unknown = kind === 'Pod' ? podTemplateOf(object) : object.kind === kind ? object : undefined;
  const wanted = (found: unknown): boolean =>
    found !== undefined && (value === undefined || JSON.stringify(found) === JSON.stringify(value));
  return start !== undefined && holds(start, steps(field), wanted);
}

/** `a.b[x/y][?].c` as `a`, `b`, `[x/y]`, `[?]`, `c`. */
function steps(field: string): string[] {
  return field.match(/\[[^\]]*\]|[^.[\]]+/g) ?? [];
}

function holds(value: unknown, [step, ...rest]: readonly string[], wanted: (found: unknown) => boolean): boolean {
  if (step === undefined) {
    return wanted(value);
  }
  const next = (item: unknown): boolean => holds(item, rest, wanted);
  if (step === '[]' || step === '[?]') {
    return Array.isArray(value) && value.length > 0 && (step === '[]' ? value.every(next) : value.some(next));
  }
  return typeof value === 'object' && value !== null && next((value as Record<string, unknown>)[step.replace(/^\[(.*)\]$/, '$1')]);
}
