import { isRecord } from '../../manifest';

/** The value at a dotted path of data that may have any form; undefined where the path leads nowhere. */
export function valueOf(data: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined), data);
}

/** A text, number or switch as it is written; '' for anything else, which may not even have a text. */
export function scalarText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** A value as an error shows it: short, and never more than it needs. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
