import { nameOf } from '../manifest';
import type { KubeObject } from '../manifest';
import type { Finding } from '../rules';
import type { Waiver } from '../waivers';
import type { Assessment } from './assess';

/** A waiver that accepts something today, and what it accepts. */
export interface WaiverInForce {
  readonly waiver: Waiver;
  /** The one object that it is for. */
  readonly object: KubeObject;
  /** What it accepts there, at least one. */
  readonly findings: readonly Finding[];
  /** Days to the last day on which it holds; 0 on that day. */
  readonly daysLeft: number;
}

/** `Deployment/shop/agent`: the object as a waiver's target names it. */
export function targetOf(object: KubeObject): string {
  return `${object.kind}/${nameOf(object)}`;
}

/** Every waiver that holds on the day `asOf`, the one that ends first in front; otherwise by control, target and container. */
export function waiversInForce({ waived }: Assessment, asOf: string): WaiverInForce[] {
  const byTarget = new Map<string, WaiverInForce & { findings: Finding[] }>();
  for (const { finding, waiver } of waived) {
    const object = finding.target.object as KubeObject; // no waiver accepts a finding without one
    const key = sortKey(waiver, object);
    const entry = byTarget.get(key) ?? { waiver, object, findings: [], daysLeft: waiver.daysLeft(asOf) };
    entry.findings.push(finding);
    byTarget.set(key, entry);
  }
  return [...byTarget].sort(([a, first], [b, second]) => first.daysLeft - second.daysLeft || (a < b ? -1 : 1)).map(([, entry]) => entry);
}

/** No part of it holds a space, so it names one waiver for one object. */
function sortKey({ control, container }: Waiver, object: KubeObject): string {
  return [control, targetOf(object), container].filter((part) => part !== undefined).join(' ');
}
