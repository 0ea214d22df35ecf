import * as path from 'node:path';
import { Yaml } from 'cdk8s';
import type { AppProps } from 'cdk8s';
import { annotateExceptions, assess, formatAssessment, objectWaivers, waiversInForce } from '../assessment';
import type { Assessment, WaiverInForce } from '../assessment';
import { dnsLabelProblem, identityOf, NODE_FILES_INDEX, writeFiles } from '../manifest';
import type { Artifacts, Manifest, NodeFile } from '../manifest';
import type { Rule } from '../rules';
import { PlatformSettings } from '../settings';
import type { PlatformSettingsProps } from '../settings';
import { declaredWaivers } from '../waivers';
import { duplicates, manifestOf, withoutNamespaceOfCustomKinds } from './artifacts-of';
import { LinearApp, objectsOf } from './linear-app';
import { nodeFilesOf } from './node-file-source';
import { PodHardening } from './pod-hardening';
import { validationErrors } from './render';
import { reportFiles } from './report-files';
import { assessesAll } from './self-assessment';
import { planStages, STAGES } from './stages';

/** Folder of the API objects, and the only one that `kubectl apply` is pointed at. */
export const MANIFESTS_FOLDER = 'manifests';

/** Props of `HardenedApp`. */
export interface HardenedAppProps extends AppProps {
  /**
   * What the constructs need to know of the platform.
   *
   * @default - portable defaults
   */
  readonly settings?: PlatformSettingsProps;
  /**
   * Gives pods that were not made with hardened constructs the hardened shape too.
   *
   * @default false: they are assessed as they are
   */
  readonly hardenForeign?: boolean;
  /**
   * Rules to assess with.
   *
   * @default - every rule of this project
   */
  readonly rules?: readonly Rule[];
}

/** What a synthesis has made, before it is written. */
export interface Synthesis {
  /** What was assessed; waived objects also have the annotations by which other tools know the waiver. */
  readonly artifacts: Artifacts;
  readonly assessment: Assessment;
  readonly waivers: readonly WaiverInForce[];
}

/**
 * An `App` whose output is assessed as a whole before a byte of it is written. Files are
 * `manifests/<n>-<stage>/<chart>.yaml`, `nodes/<role>/<path>` and those of the report.
 */
export class HardenedApp extends LinearApp {
  public readonly settings: PlatformSettings;
  private readonly rules?: readonly Rule[];

  public constructor(props: HardenedAppProps = {}) {
    super({ ...props, outdir: props.outdir ?? process.env['CDK8S_OUTDIR'] ?? path.join('dist', MANIFESTS_FOLDER) });
    this.settings = PlatformSettings.provide(this, props.settings ?? {});
    this.rules = props.rules;
    assessesAll(this);
    if (props.hardenForeign) {
      PodHardening.onSynth(this);
    }
  }

  /**
   * Renders and assesses everything in memory; then writes.
   *
   * @throws with every finding if there is one; nothing is written then
   */
  public override synth(): void {
    const synthesis = this.synthesise();
    const files = this.files(synthesis);
    const folder = path.resolve(this.outdir);
    if (path.basename(folder) === MANIFESTS_FOLDER) {
      writeFiles({ root: path.dirname(folder), files, index: INDEX });
    } else {
      const prefix = `${MANIFESTS_FOLDER}/`;
      const manifests = new Map(
        [...files].filter(([name]) => name.startsWith(prefix)).map(([name, content]) => [name.slice(prefix.length), content]),
      );
      writeFiles({ root: folder, files: manifests, index: INDEX });
      process.stderr.write(
        `Only manifests were written: the output folder ${this.outdir} is not called '${MANIFESTS_FOLDER}', so there is no place for node files and the report.\n`,
      );
    }
  }

  public override synthYaml(): string {
    return Yaml.stringify(...this.synthesise().artifacts.manifests.map((manifest) => manifest.object));
  }

  /**
   * Everything that `synth` would write, assessed.
   *
   * @param consequence what an error says at its end
   * @throws with every validation error, every object that is defined twice, every finding
   */
  public synthesise(consequence = this.unwritten()): Synthesis {
    this.refuseInvalid(consequence);
    const manifests = withoutNamespaceOfCustomKinds(this.charts.flatMap((chart) => objectsOf(chart).map(manifestOf)));
    const twice = duplicates(manifests);
    if (twice.length > 0) {
      throw new Error(`${twice.join('\n')}\n${consequence}`);
    }
    const artifacts = { manifests, nodeFiles: nodeFilesOf(this) };
    const assessment = assess(artifacts, this.settings, { rules: this.rules, waivers: declaredWaivers(this) });
    if (!assessment.passed) {
      throw new Error(`${formatAssessment(assessment)}. ${consequence}`);
    }
    assessment.warnings.forEach((warning) => process.stderr.write(`! ${warning}\n`));
    const waivers = waiversInForce(assessment, this.settings.asOf);
    return { artifacts: { ...artifacts, manifests: annotateExceptions(manifests, waivers) }, assessment, waivers };
  }

  /** Every construct's own validations, once; the stock `App` asks once more for each chart. */
  private refuseInvalid(consequence: string): void {
    const errors = validationErrors(this);
    if (errors.length > 0) {
      throw new Error(`Validation failed with the following errors:\n  ${errors.join('\n  ')}\n${consequence}`);
    }
  }

  private unwritten(): string {
    return `Nothing was written; ${this.outdir} holds what was there before.`;
  }

  private files(synthesis: Synthesis): Map<string, string> {
    const places = placesOf(synthesis);
    return new Map([
      ...manifestFiles(synthesis.artifacts.manifests, places),
      ...nodeFiles(synthesis.artifacts.nodeFiles),
      ...reportFiles(synthesis, this.settings, (object) => places.get(identityOf(object)) as string),
    ]);
  }
}

/** List of what the last run wrote, beside the folders that others read. */
const INDEX = '.cdk8s-hardened-index';

/** The file of each manifest below the folder of manifests, by identity, in the order of application. */
function placesOf({ artifacts, waivers }: Synthesis): Map<string, string> {
  const waived = new Set(objectWaivers(waivers).map(({ object }) => identityOf(object)));
  return new Map(
    planStages(artifacts.manifests).map(({ manifest: { object, origin }, stage }) => {
      const identity = identityOf(object);
      const chart = (origin.chart ?? 'app').replaceAll('/', '-');
      // What is waived lies alone, since there are tools that can be told to leave out a file, and nothing smaller.
      const file = waived.has(identity) ? `${chart}.${object.kind}.${object.metadata.name}`.replace(/[^\w.-]/g, '-') : chart;
      return [identity, `${STAGES.indexOf(stage)}-${stage}/${file}.yaml`];
    }),
  );
}

function manifestFiles(manifests: readonly Manifest[], places: ReadonlyMap<string, string>): [string, string][] {
  const objects = new Map(manifests.map(({ object }) => [identityOf(object), object]));
  const documents = new Map<string, object[]>();
  for (const [identity, file] of places) {
    const content = documents.get(file) ?? [];
    content.push(objects.get(identity) as object);
    documents.set(file, content);
  }
  return [...documents].map(([file, content]) => [`${MANIFESTS_FOLDER}/${file}`, Yaml.stringify(...content)]);
}

function nodeFiles(files: readonly NodeFile[]): [string, string][] {
  if (files.length === 0) {
    return [];
  }
  refuseBadNodeFiles(files);
  const index = files.map(({ role, path: target, mode, owner }) => ({ role, path: target, mode, owner }));
  return [
    ...files.map(({ role, path: target, content }): [string, string] => [path.posix.join('nodes', role, target), content]),
    [`nodes/${NODE_FILES_INDEX}`, JSON.stringify(index, undefined, 2) + '\n'],
  ];
}

/** @throws if a file has no place of its own below its role */
function refuseBadNodeFiles(files: readonly NodeFile[]): void {
  const seen = new Set<string>();
  for (const { role, path: target } of files) {
    const place = `${role}:${target}`;
    const problem =
      dnsLabelProblem(role) ??
      (target.startsWith('/') && path.posix.normalize(target) === target ? undefined : `'${target}' is not an absolute path`) ??
      (seen.has(place) ? 'two constructs make it' : undefined);
    if (problem !== undefined) {
      throw new Error(
        `Node file ${place}: ${problem}. Give each file a role like 'control-plane' and a path of its own, like /etc/kubernetes/x.yaml.`,
      );
    }
    seen.add(place);
  }
}
