/**
 * Holds what is written for Talos to the JSON schemas that Talos publishes, which refuse every field that they do not know.
 *
 *   npm run conformance:talos -- FOLDER      with v1.13.9.schema.json and v1.14.0-rc.1.schema.json
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import type { ValidateFunction } from 'ajv/dist/2020';
import { App } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { ControlPlane, HardenedBaseline, loadBlueprint, PlatformSettings, SUPPORTED_MINORS, TALOS_VERSIONS } from '../src';
import type { KubernetesMinor, NodeFile } from '../src';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  throw new Error('usage: npm run conformance:talos -- FOLDER');
}

const SCHEMAS = { '1.13': 'v1.13.9.schema.json', '1.14': 'v1.14.0-rc.1.schema.json' } as const;

/** What our patches leave to `talosctl gen config`, and the schema asks for. */
const GENERATED = { image: 'registry.example.com/component:v1.0.0' };
const WITH_IMAGE = /^(KubeAPIServer|KubeControllerManager|KubeScheduler|KubeProxy|Kubelet)Config$/;

interface TalosDocument {
  readonly kind?: string;
  readonly $patch?: 'delete';
}

/** The files of the root blueprint, with its distribution and minor changed. */
function files(minor: KubernetesMinor): readonly NodeFile[] {
  const { settings, baseline } = loadBlueprint();
  const app = new App();
  PlatformSettings.provide(app, { ...settings, distribution: 'talos', minor });
  const firewall = baseline.firewall && { ...baseline.firewall, cluster: { ...baseline.firewall.cluster, distribution: 'talos' as const } };
  new HardenedBaseline(app, 'baseline', { ...baseline, firewall });
  return app.node
    .findAll()
    .filter((construct) => construct instanceof ControlPlane)
    .flatMap((controlPlane) => controlPlane.toNodeFiles());
}

/** What is wrong with a document; what takes one away is none. */
function problems(validate: ValidateFunction, document: TalosDocument): string[] {
  const whole = WITH_IMAGE.test(document.kind ?? '') ? { ...GENERATED, ...document } : document;
  if (document.$patch === 'delete' || validate(whole)) {
    return [];
  }
  const found = (validate.errors ?? []).filter(({ keyword }) => !['const', 'enum', 'oneOf'].includes(keyword));
  return found.map(({ instancePath, message, params }) => `${instancePath || document.kind}: ${message} ${JSON.stringify(params)}`);
}

let checked = 0;
const wrong: string[] = [];
for (const minor of SUPPORTED_MINORS) {
  const schema: unknown = JSON.parse(fs.readFileSync(path.join(folder, SCHEMAS[TALOS_VERSIONS[minor]]), 'utf8'));
  const validate = new Ajv2020({ strict: false, allErrors: true, formats: { uri: (text: string) => URL.canParse(text) } }).compile(
    schema as object,
  );
  if (problems(validate, { ...GENERATED, kind: 'KubeletConfig', machin: {} } as TalosDocument).length === 0) {
    throw new Error(`the schema for ${minor} takes a field that there is not: it proves nothing`);
  }
  for (const { path: file, content } of files(minor).filter(({ path: target }) => target.startsWith('/talos/'))) {
    for (const document of parseAllDocuments(content).map((each) => each.toJS() as TalosDocument)) {
      checked += 1;
      wrong.push(...problems(validate, document).map((problem) => `${minor} ${file} ${problem}`));
    }
  }
}
process.stdout.write(`${checked} documents, ${wrong.length} faults\n${wrong.map((line) => `${line}\n`).join('')}`);
process.exitCode = checked > 0 && wrong.length === 0 ? 0 : 1;
