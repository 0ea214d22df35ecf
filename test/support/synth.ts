import { Chart, Testing } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { ContainerSpec, KubeObject, PodSpec } from '../../src/manifest';
import { podSpecOf } from '../../src/manifest';
import { IsolatedNamespace } from '../../src';
import type { PlatformSettingsProps } from '../../src';
import { PlatformSettings } from '../../src';

/** A namespace in an app of its own, for one workload. */
export function testNamespace(settings: PlatformSettingsProps = {}): IsolatedNamespace {
  const app = Testing.app();
  PlatformSettings.provide(app, settings);
  return new IsolatedNamespace(app, 'shop', { owner: 'shop@example.com' });
}

/** What a chart renders, after its validations. */
export function synth(scope: IConstruct): KubeObject[] {
  return Testing.synth(Chart.of(scope)) as KubeObject[];
}

/** The one object of this kind (and name). */
export function only(objects: readonly KubeObject[], kind: string, name?: string): KubeObject {
  const found = objects.filter((object) => object.kind === kind && (name === undefined || object.metadata.name === name));
  if (found.length !== 1) {
    throw new Error(
      `expected one ${kind} ${name ?? ''}, found ${found.length} among ${objects.map((object) => `${object.kind} ${object.metadata.name}`).join(', ')}`,
    );
  }
  return found[0] as KubeObject;
}

/** Pod specification of the one object of this kind. */
export function podOf(objects: readonly KubeObject[], kind: string): PodSpec {
  return podSpecOf(only(objects, kind)) as PodSpec;
}

/** Container of a pod by name. */
export function containerOf(spec: PodSpec, name = 'main'): ContainerSpec {
  const all = [...(spec['containers'] as ContainerSpec[]), ...((spec['initContainers'] as ContainerSpec[] | undefined) ?? [])];
  return all.find((container) => container['name'] === name) as ContainerSpec;
}
