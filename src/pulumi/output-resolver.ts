import * as pulumi from '@pulumi/pulumi';
import type { IResolver, ResolutionContext } from 'cdk8s';

/** Two characters for private use, which no manifest has a use for, around the number of an Output. */
const MARK = /\uE000output:(\d+)\uE001/;

/**
 * Lets Outputs of other stacks and resources flow into constructs. An Output is known when it is too late for a tree of
 * constructs, so a text stands for it, to be replaced when the object is registered:
 *
 *     const outputs = new OutputResolver();
 *     const app = new HardenedApp({ resolvers: [outputs] });
 *     new HardenedDeployment(shop, 'cart', { env: { DB_HOST: outputs.text(database.getOutput('host')) }, … });
 *
 * Rules judge the text, not the value. A secret is refused: `register` says how to do without.
 */
export class OutputResolver implements IResolver {
  private readonly outputs: pulumi.Output<unknown>[] = [];

  /** A text that stands for the Output, alone or as a part of a longer text. */
  public text(output: pulumi.Output<unknown>): string {
    const known = this.outputs.indexOf(output);
    const number = known >= 0 ? known : this.outputs.push(output) - 1;
    return `\uE000output:${number}\uE001`;
  }

  /** For cdk8s: takes an Output that stands where an object takes anything. */
  public resolve(context: ResolutionContext): void {
    const value: unknown = context.value;
    if (pulumi.Output.isInstance(value)) {
      context.replaceValue(this.text(value));
    }
  }

  /** The value with its Outputs in place of what stands for them. What has none comes back as it is. */
  public restore(value: unknown): unknown {
    if (typeof value === 'string') {
      return this.restoreText(value);
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    return Array.isArray(value)
      ? value.map((item) => this.restore(item))
      : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.restore(item)]));
  }

  /** Where in the value an Output stands, and which. */
  public placesIn(value: unknown, path: readonly string[] = []): { readonly path: string; readonly output: pulumi.Output<unknown> }[] {
    if (typeof value === 'object' && value !== null) {
      return Object.entries(value).flatMap(([key, item]) => [
        ...this.numbersIn(key).map((output) => ({ path: [...path, 'a key'].join('.'), output })),
        ...this.placesIn(item, [...path, key]),
      ]);
    }
    return typeof value === 'string' ? this.numbersIn(value).map((output) => ({ path: path.join('.'), output })) : [];
  }

  private restoreText(text: string): unknown {
    const [first = '', ...rest] = text.split(MARK); // text and number take turns
    if (rest.length === 0) {
      return text;
    }
    const isAlone = rest.length === 2 && first === '' && rest[1] === '';
    const parts = rest.map((part, index) => (index % 2 === 0 ? this.outputs[Number(part)] : part));
    return isAlone ? parts[0] : pulumi.concat(first, ...parts);
  }

  private numbersIn(text: string): pulumi.Output<unknown>[] {
    return text.split(MARK).flatMap((part, index) => (index % 2 === 1 ? [this.outputs[Number(part)] as pulumi.Output<unknown>] : []));
  }
}
