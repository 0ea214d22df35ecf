import { controlOf } from '../controls';
import type { Origin } from '../manifest';
import { plainText } from './markdown';
import type { WaiverInForce } from './waivers-in-force';

/** A waiver in force as an auditor reads it. Of the object it says the name only. */
export interface WaiverRecord {
  readonly control: string;
  /** Title of the control. */
  readonly title: string;
  /** `Kind/namespace/name`, or `NodeFile/role/path`. */
  readonly target: string;
  readonly container?: string;
  /** Field of the node file. */
  readonly field?: string;
  readonly reason: string;
  readonly owner: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly expires: string;
  readonly daysLeft: number;
  /** The findings that it accepts. */
  readonly accepts: readonly { readonly rule: string; readonly message: string; readonly where: Origin }[];
}

/** What the report says of a waiver in force. */
export function waiverRecord({ waiver, target, findings, daysLeft }: WaiverInForce): WaiverRecord {
  const { control, container, field, reason, owner, expires } = waiver;
  const accepts = findings.map(({ rule, message, origin }) => ({ rule, message, where: origin }));
  return { control, title: controlOf(control).title, target, container, field, reason, owner, expires, daysLeft, accepts };
}

/** The waivers in force as a page of Markdown, in the given order. */
export function waiversPage(waivers: readonly WaiverRecord[], asOf: string): string {
  return [
    '# Waivers in force',
    '',
    waivers.length === 0 ? `None on ${asOf}.` : `${waivers.length} on ${asOf}, the one that ends first in front.`,
    ...(waivers.length === 0 ? [] : ['', ...table(waivers)]),
    '',
  ].join('\n');
}

function table(waivers: readonly WaiverRecord[]): string[] {
  const header = ['days left', 'last day', 'control', 'object or node file', 'container or field', 'reason', 'owner', 'accepts'];
  return [header, header.map(() => '---'), ...waivers.map((waiver) => cells(waiver).map(plainText))].map((row) => `| ${row.join(' | ')} |`);
}

function cells({ daysLeft, expires, control, title, target, container, field, reason, owner, accepts }: WaiverRecord): string[] {
  const accepted = accepts.map(({ rule, message, where }) => `${rule}: ${message}${where.source ? ` (${where.source})` : ''}`);
  return [String(daysLeft), expires, `${control} ${title}`, target, container ?? field ?? '', reason, owner, accepted.join('; ')];
}
