import type { CustomResource, CustomResourceOptions } from '@pulumi/pulumi';
import type { KubeObject } from '../manifest';
import { SDK_KINDS } from './kinds.gen';

/** A class of @pulumi/kubernetes for a kind. */
export type KindClass = new (name: string, args: object, options: CustomResourceOptions) => CustomResource;

/** Fields that the class of every kind passes on. */
const COMMON_FIELDS = ['apiVersion', 'kind', 'metadata'];

/**
 * The class for a kind: typed for those of Kubernetes, `CustomResource` for others. Each module of the SDK is loaded when the
 * first object of its API version comes along.
 *
 * @param patch whether it sets fields of an object that somebody else owns
 */
export function kindClass({ apiVersion, kind }: KubeObject, patch: boolean): KindClass {
  const typed = fieldsOf(apiVersion, kind) !== undefined;
  const module = typed ? (SDK_KINDS[apiVersion] as { module: string }).module : 'apiextensions';
  const name = `${typed ? kind : 'CustomResource'}${patch ? 'Patch' : ''}`;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- of some sixty modules, a run needs ten
  return (require(`@pulumi/kubernetes/${module}`) as Readonly<Record<string, KindClass>>)[name] as KindClass;
}

/** Top-level fields of the object that the class of its kind does not know, and would drop without a word. */
export function droppedFields(object: KubeObject): string[] {
  const fields = fieldsOf(object.apiVersion, object.kind);
  return fields === undefined ? [] : Object.keys(object).filter((field) => ![...COMMON_FIELDS, ...fields].includes(field));
}

function fieldsOf(apiVersion: string, kind: string): readonly string[] | undefined {
  const kinds = Object.hasOwn(SDK_KINDS, apiVersion) ? SDK_KINDS[apiVersion]?.kinds : undefined;
  return kinds && Object.hasOwn(kinds, kind) ? kinds[kind]?.split(' ') : undefined;
}
