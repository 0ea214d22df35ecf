import { z } from 'zod';
import type { ControlId } from '../../controls';
import type { KubernetesMinor } from '../../settings';
import { CONFIGURATION_PROBLEMS } from './admission-plugin-problems';
import type { NodeFileProblem } from './node-file-problem';
import { shapeOf } from './shape-problems';
import { ADMISSION_PLUGINS } from './tables/admission-plugins.gen';
import { atMinor } from './tables/by-minor';
import type { ByMinor } from './tables/by-minor';

const PLUGIN = z.strictObject({ name: z.string(), path: z.string().optional(), configuration: z.unknown().optional() });
const SCHEMA = z.strictObject({
  apiVersion: z.literal('apiserver.config.k8s.io/v1'),
  kind: z.literal('AdmissionConfiguration'),
  plugins: z.array(PLUGIN),
});
type Plugin = z.output<typeof PLUGIN>;

/**
 * Admission plugins that read a configuration; an entry for any other is ignored without a word.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/release-1.37/pkg/kubeapiserver/options/plugins.go and the `Register` of each
 */
const CONFIGURABLE_PLUGINS: readonly string[] = [
  'EventRateLimit',
  'ImagePolicyWebhook',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionWebhook',
  'PodNodeSelector',
  'PodSecurity',
  'PodTolerationRestriction',
  'ResourceQuota',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionWebhook',
];

/** What the rest of the configuration of an API server says of admission. */
export interface AdmissionContext {
  readonly minor: KubernetesMinor;
  /** Value of `--enable-admission-plugins`, as a list. @default - unknown: nothing is said of what is not enabled */
  readonly enabled?: readonly string[];
}

/**
 * What is wrong with an AdmissionConfiguration: what the API server refuses, what it ignores without a word (misspelt fields
 * of EventRateLimit and ImagePolicyWebhook, entries for plugins that are not there or not enabled), and what it takes although
 * it admits more than is meant.
 */
export function admissionProblems(document: unknown, context: AdmissionContext): readonly NodeFileProblem[] {
  const { value, problems } = shapeOf(document, { schema: SCHEMA, control: 'POD-08', unknownFields: 'refused' });
  if (!value) {
    return problems;
  }
  const names = value.plugins.map(({ name }) => name);
  return [
    ...(names.includes('PodSecurity')
      ? []
      : [problem('plugins', 'PodSecurity has no entry: a namespace without labels admits every pod', 'add it, with defaults', 'POD-08')]),
    ...value.plugins.flatMap((plugin, index) => pluginProblems(plugin, names.indexOf(plugin.name) < index, `plugins[${index}]`, context)),
    ...unconfigured(names, context.enabled ?? []),
  ];
}

function pluginProblems({ name, path, configuration }: Plugin, twice: boolean, at: string, context: AdmissionContext): NodeFileProblem[] {
  const off = context.enabled !== undefined && !isOnByDefault(name, context.minor) && !context.enabled.includes(name);
  const problems = Object.hasOwn(CONFIGURATION_PROBLEMS, name) ? CONFIGURATION_PROBLEMS[name] : undefined;
  return [
    ...(CONFIGURABLE_PLUGINS.includes(name)
      ? []
      : [problem(`${at}.name`, `no plugin "${name}" reads a configuration: the entry is ignored`, 'correct its name, or remove it')]),
    ...(CONFIGURABLE_PLUGINS.includes(name) && off
      ? [problem(`${at}.name`, `${name} is not enabled: the entry is ignored`, `add ${name} to --enable-admission-plugins`)]
      : []),
    ...(twice ? [problem(`${at}.name`, `${name} is there twice`, 'remove one of them')] : []),
    ...(path !== undefined && path !== '' && configuration !== undefined
      ? [problem(at, 'it has both a path and a configuration', 'remove one of them')]
      : []),
    ...(problems && configuration !== undefined ? problems(configuration, [...pathOf(at), 'configuration'], context.minor) : []),
  ];
}

/** Whether the API server runs the plugin without being asked to. */
function isOnByDefault(name: string, minor: KubernetesMinor): boolean {
  const table: Readonly<Record<string, ByMinor<string>>> = ADMISSION_PLUGINS;
  return Object.hasOwn(table, name) && atMinor(table[name], minor) === 'on';
}

/** Plugins that do not start without a configuration. */
function unconfigured(names: readonly string[], enabled: readonly string[]): NodeFileProblem[] {
  return ['EventRateLimit', 'ImagePolicyWebhook']
    .filter((name) => enabled.includes(name) && !names.includes(name))
    .map((name) =>
      problem('plugins', `${name} is enabled and has no entry: the API server does not start`, 'add it, with its configuration'),
    );
}

/** `plugins[3]` in its parts. */
function pathOf(at: string): PropertyKey[] {
  const [name = '', index = '0'] = at.split(/[[\]]/);
  return [name, Number(index)];
}

function problem(field: string, message: string, remedy: string, control: ControlId = 'POD-08'): NodeFileProblem {
  return { field, message, control, remedy };
}
