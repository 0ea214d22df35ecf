import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { CEL_RULES } from '../../../../src';
import type { KubeObject } from '../../../../src';
import { kindClass } from '../../../../src/pulumi/kind-classes';

/** How many violations are planted: rule and name of the resource are the outputs of the stack. */
const PLANTED = 30;

/** What renders a chart, for whom the objects of Helm are children of a component. */
class ChartLike extends pulumi.ComponentResource {
  public constructor(name: string, objects: readonly KubeObject[]) {
    super('test:index:Chart', name);
    objects.forEach((object) => new (kindClass(object, false))(`${name}-${object.metadata.name}`, object, { parent: this }));
    this.registerOutputs({});
  }
}

/** Objects that one rule each finds fault with, in typed resources, in a component of YAML, and in one that is like a chart of Helm. */
export = () => {
  const planted = CEL_RULES.slice(0, PLANTED).map((rule, index) => {
    const object = rule.cel.examples().fail[0] as KubeObject;
    return { rule: rule.id, object: { ...object, metadata: { ...object.metadata, name: `planted-${index}` } } };
  });
  const of = (remainder: number) => planted.filter((_item, index) => index % 3 === remainder).map(({ object }) => object);
  of(0).forEach((object) => new (kindClass(object, false))(object.metadata.name, object, {}));
  new k8s.yaml.ConfigGroup('yaml', { objs: of(1) });
  new ChartLike('chart', of(2));
  return { planted: planted.map(({ rule, object }) => `${rule} ${object.metadata.name}`) };
};
