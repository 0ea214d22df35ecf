/**
 * Writes a strict JSON schema for every kind of Kubernetes from its OpenAPI document: references resolved, no field that
 * is not known. What kubeconform needs to find a misspelt field without a network.
 *
 *   node --import tsx scripts/kubernetes-schemas.ts <swagger.json> <folder>
 */
import * as fs from 'node:fs';
import * as path from 'node:path';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | false;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly 'x-kubernetes-group-version-kind'?: readonly { readonly group: string; readonly version: string; readonly kind: string }[];
}

const [swagger, folder] = process.argv.slice(2);
if (swagger === undefined || folder === undefined) {
  throw new Error('Usage: node --import tsx scripts/kubernetes-schemas.ts <swagger.json> <folder>');
}
const { definitions } = JSON.parse(fs.readFileSync(swagger, 'utf8')) as { definitions: Record<string, Schema> };

/** Written as text or number: the OpenAPI document says text. */
const TEXT_OR_NUMBER = ['io.k8s.apimachinery.pkg.api.resource.Quantity', 'io.k8s.apimachinery.pkg.util.intstr.IntOrString'];

fs.mkdirSync(folder, { recursive: true });
for (const [name, definition] of Object.entries(definitions)) {
  for (const { group, version, kind } of definition['x-kubernetes-group-version-kind'] ?? []) {
    const suffix = [...(group === '' ? [] : [group.split('.')[0]]), version].join('-');
    fs.writeFileSync(
      path.join(folder, `${kind}-${suffix}.json`.toLowerCase()),
      JSON.stringify(resolve({ $ref: `#/definitions/${name}` }, [])),
    );
  }
}

/** The schema without references. A definition inside itself (the schema of a CRD) is open there. */
function resolve(schema: Schema, inside: readonly string[]): object {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace('#/definitions/', '');
    const definition = definitions[name];
    return definition === undefined || TEXT_OR_NUMBER.includes(name) || inside.includes(name) ? {} : resolve(definition, [...inside, name]);
  }
  const { type, properties, additionalProperties, items, required } = schema;
  return {
    ...(type === undefined ? {} : { type: [type, 'null'] }),
    ...(required ? { required } : {}),
    ...(items ? { items: resolve(items, inside) } : {}),
    ...(properties
      ? {
          properties: Object.fromEntries(Object.entries(properties).map(([field, value]) => [field, resolve(value, inside)])),
          additionalProperties: false,
        }
      : {}),
    ...(additionalProperties ? { additionalProperties: resolve(additionalProperties, inside) } : {}),
  };
}
