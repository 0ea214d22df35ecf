import { nameOf } from '../manifest';
import type { KubeObject } from '../manifest';
import type { Finding } from '../rules';
import { nodeFileTarget } from '../waivers';
import type { Waiver } from '../waivers';
import type { Assessment } from './assess';

/** A waiver that accepts something today, and what it accepts. */
export interface WaiverInForce {
  readonly waiver: Waiver;
  /** The one thing that it is for: `Deployment/shop/agent`, `NodeFile/control-plane/etc/kubernetes/x.yaml`. */
  readonly target: string;
  /** The object; undefined for a node file. */
  readonly object?: KubeObject;
  /** What it accepts there, at least one. */
  readonly findings: readonly Finding[];
  /** Days to the last day on which it holds; 0 on that day. */
  readonly daysLeft: number;
}

/** One for an object, which other tools can be told of. */
export interface ObjectWaiver extends WaiverInForce {
  readonly object: KubeObject;
}

/** Those that are for objects. */
export function objectWaivers(waivers: readonly WaiverInForce[]): ObjectWaiver[] {
  return waivers.filter((waiver): waiver is ObjectWaiver => waiver.object !== undefined);
}

/** What a finding is about, as a waiver names it; undefined for the manifests as a whole. */
export function targetOf({ target: { object, nodeFile } }: Pick<Finding, 'target'>): string | undefined {
  return object ? `${object.kind}/${nameOf(object)}` : nodeFile && nodeFileTarget(nodeFile);
}

/** Every waiver that holds on the day `asOf`, the one that ends first in front; otherwise by control, target and part. */
export function waiversInForce({ waived }: Assessment, asOf: string): WaiverInForce[] {
  const byTarget = new Map<string, WaiverInForce & { findings: Finding[] }>();
  for (const { finding, waiver } of waived) {
    const target = targetOf(finding) as string; // no waiver accepts a finding without one
    const key = sortKey(waiver, target);
    const { object } = finding.target;
    const entry = byTarget.get(key) ?? { waiver, target, ...(object ? { object } : {}), findings: [], daysLeft: waiver.daysLeft(asOf) };
    entry.findings.push(finding);
    byTarget.set(key, entry);
  }
  return [...byTarget].sort(([a, first], [b, second]) => first.daysLeft - second.daysLeft || (a < b ? -1 : 1)).map(([, entry]) => entry);
}

/** No part of it but the last holds a space, so it names one waiver for one thing. */
function sortKey({ control, container, field }: Waiver, target: string): string {
  return [control, target, container ?? field].filter((part) => part !== undefined).join(' ');
}
