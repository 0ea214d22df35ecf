import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { ControlMappings } from '../src';
import { kyvernoFindings } from './exceptions-kyverno';
import { manifests, run } from './run-tool';

const TOOLS = path.join(__dirname, '..', 'tools');
export const BIN = path.join(TOOLS, 'bin');

/** What a tool says: `<check> <Kind>/<name>`. */
export type Findings = ReadonlySet<string>;

/** A tool that is told of waivers, as the proof runs it. */
export interface Tool {
  readonly name: string;
  /** What its checks are called in the mappings of the controls. */
  readonly mapping: keyof ControlMappings;
  readonly program: string;
  /** Whether `npm run tools` builds it; the others are run where they are on the PATH or were built with `--all`. */
  readonly built: boolean;
  /** What it finds in the output of a synthesis; heeds exception files only where `exceptions` is their folder. */
  readonly findings: (program: string, dist: string, exceptions?: string) => Findings;
  /** Every check that it has, where it can say so. */
  readonly checks?: (program: string) => string[];
}

/** Where the program is, or undefined. */
export function programOf({ program }: Tool): string | undefined {
  const folders = [BIN, ...(process.env['PATH'] ?? '').split(path.delimiter)];
  return folders.map((folder) => path.join(folder, program)).find((file) => fs.existsSync(file));
}

/** Trivy brings its checks along; it must ask nobody for newer ones, and tell nobody of the run. */
const OFFLINE = ['--skip-check-update', '--skip-version-check', '--disable-telemetry'];

export const EXCEPTION_TOOLS: readonly Tool[] = [
  {
    name: 'kube-score',
    mapping: 'kubeScore',
    program: 'kube-score',
    built: true,
    findings: (program, dist) => {
      const objects = json<KubeScoreObject[]>(program, [
        'score',
        '--enable-optional-test',
        'container-seccomp-profile',
        '-o',
        'json',
        ...manifests(dist),
      ]);
      const failed = objects.flatMap(({ object_name, checks }) =>
        checks.filter(({ grade, skipped }) => !skipped && grade < 7).map(({ check }) => `${check.id} ${kindAndName(object_name)}`),
      );
      return new Set(failed);
    },
    checks: (program) => words(run(program, ['list']), /^[^,]+/gm),
  },
  {
    name: 'Checkov',
    mapping: 'checkov',
    program: path.join('checkov', 'bin', 'checkov'),
    built: true,
    findings: (program, dist) => {
      const options = ['--framework', 'kubernetes', '--skip-download', '--compact', '--quiet', '--output', 'json'];
      const report = json<CheckovReport>(program, ['--directory', path.join(dist, 'manifests'), ...options]);
      // Deployment.shop.agent; for the pod in it Pod.shop.agent.<label>-<value>, where the label has dots too.
      const place = (resource: string): string => /^(\w+)\.shop\.([^.]+)/.exec(resource)?.slice(1).join('/') ?? resource;
      return new Set(report.results.failed_checks.map(({ check_id, resource }) => `${check_id} ${place(resource)}`));
    },
    checks: (program) => words(run(program, ['--list', '--framework', 'kubernetes']), /\bCKV2?_K8S_\d+\b/g),
  },
  {
    name: 'Trivy',
    mapping: 'trivy',
    program: 'trivy',
    built: true,
    findings: (program, dist, exceptions) => {
      const ignore = exceptions === undefined ? [] : ['--ignorefile', path.join(exceptions, 'trivyignore.yaml')];
      const folder = path.join(dist, 'manifests');
      const report = json<TrivyReport>(program, ['config', ...OFFLINE, '--quiet', '--format', 'json', ...ignore, folder]);
      const failed = report.Results.flatMap(({ Target, Misconfigurations = [] }) =>
        Misconfigurations.map(({ ID, CauseMetadata }) => `${ID} ${objectAt(path.join(folder, Target), CauseMetadata.StartLine)}`),
      );
      return new Set(failed);
    },
    checks: () => {
      const folder = run('go', ['list', '-m', '-f', '{{.Dir}}', 'github.com/aquasecurity/trivy-checks'], path.join(TOOLS, 'trivy')).trim();
      const files = fs.readdirSync(path.join(folder, 'checks', 'kubernetes'), { recursive: true, encoding: 'utf8' });
      const text = files
        .filter((file) => file.endsWith('.rego'))
        .map((file) => fs.readFileSync(path.join(folder, 'checks', 'kubernetes', file), 'utf8'));
      return words(text.join('\n'), /(?<=^# {3}id: )[A-Z]+-\d+/gm);
    },
  },
  {
    name: 'kube-linter',
    mapping: 'kubeLinter',
    program: 'kube-linter',
    built: false,
    findings: (program, dist) => {
      const report = json<KubeLinterReport>(program, [
        'lint',
        '--add-all-built-in',
        '--exclude',
        'schema-validation',
        '--format',
        'json',
        path.join(dist, 'manifests'),
      ]);
      const place = ({ K8sObject }: KubeLinterReport['Reports'][number]['Object']): string =>
        `${K8sObject.GroupVersionKind.Kind}/${K8sObject.Name}`;
      return new Set(report.Reports.map(({ Check, Object }) => `${Check} ${place(Object)}`));
    },
    checks: (program) => json<{ readonly name: string }[]>(program, ['checks', 'list', '--format', 'json']).map(({ name }) => name),
  },
  {
    name: 'Polaris',
    mapping: 'polaris',
    program: 'polaris',
    built: false,
    findings: (program, dist) => {
      const report = json<PolarisReport>(program, ['audit', '--audit-path', path.join(dist, 'manifests'), '--format', 'json']);
      const failed = report.Results.flatMap(({ Kind, Name, Results, PodResult }) =>
        [Results, PodResult?.Results, ...(PodResult?.ContainerResults ?? []).map((container) => container.Results)]
          .flatMap((results) => Object.values(results ?? {}))
          .filter(({ Success }) => !Success)
          .map(({ ID }) => `${ID} ${Kind}/${Name}`),
      );
      return new Set(failed);
    },
  },
  {
    name: 'Kyverno, policies in CEL',
    mapping: 'kyverno',
    program: 'kyverno',
    built: false,
    findings: (program, dist, exceptions) =>
      kyvernoFindings(program, dist, 'ValidatingPolicy', exceptions && path.join(exceptions, 'kyverno.yaml')),
  },
  {
    name: 'Kyverno, cluster policies',
    mapping: 'kyverno',
    program: 'kyverno',
    built: false,
    findings: (program, dist, exceptions) =>
      kyvernoFindings(program, dist, 'ClusterPolicy', exceptions && path.join(exceptions, 'kyverno-cluster-policies.yaml')),
  },
];

interface KubeScoreObject {
  readonly object_name: string;
  readonly checks: readonly { readonly check: { readonly id: string }; readonly grade: number; readonly skipped: boolean }[];
}

interface CheckovReport {
  readonly results: { readonly failed_checks: readonly { readonly check_id: string; readonly resource: string }[] };
}

interface TrivyReport {
  readonly Results: readonly {
    readonly Target: string;
    readonly Misconfigurations?: readonly { readonly ID: string; readonly CauseMetadata: { readonly StartLine: number } }[];
  }[];
}

interface KubeLinterReport {
  readonly Reports: readonly {
    readonly Check: string;
    readonly Object: { readonly K8sObject: { readonly Name: string; readonly GroupVersionKind: { readonly Kind: string } } };
  }[];
}

type PolarisResults = Readonly<Record<string, { readonly ID: string; readonly Success: boolean }>>;
interface PolarisReport {
  readonly Results: readonly {
    readonly Kind: string;
    readonly Name: string;
    readonly Results?: PolarisResults;
    readonly PodResult?: {
      readonly Results?: PolarisResults;
      readonly ContainerResults?: readonly { readonly Results?: PolarisResults }[];
    };
  }[];
}

/** `Deployment/agent` of `Deployment/apps/v1/shop/agent`. */
function kindAndName(place: string): string {
  const parts = place.split('/');
  return `${parts[0]}/${parts.at(-1)}`;
}

/** `Deployment/agent` for the line of a file that is in it. */
function objectAt(file: string, line: number): string {
  const text = fs.readFileSync(file, 'utf8');
  const start =
    text
      .split('\n')
      .slice(0, line - 1)
      .join('\n').length + 1;
  const document = parseAllDocuments(text).find(({ range }) => range && range[0] <= start && start < range[2]);
  const { kind, metadata } = document?.toJS() as { readonly kind: string; readonly metadata: { readonly name: string } };
  return `${kind}/${metadata.name}`;
}

function words(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([word]) => word);
}

function json<T>(program: string, args: readonly string[]): T {
  return JSON.parse(run(program, args)) as T;
}
