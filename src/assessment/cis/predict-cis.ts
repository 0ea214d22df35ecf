import { isRecord, recordOf, recordsOf } from '../../manifest';
import type { Artifacts, NodeFile } from '../../manifest';
import { hostModeOf, HostView, valueOf } from '../../rules';
import type { HostFlag, Program } from '../../rules';
import { MANAGED_DISTRIBUTIONS } from '../../settings';
import type { Distribution, PlatformSettings } from '../../settings';
import type { CisCheck, CisLook, KubeletTest } from './cis-check';
import { CIS_CONTROL_PLANE } from './cis-control-plane';
import { CIS_DEVIATIONS } from './cis-deviations';
import type { CisDeviation } from './cis-deviations';
import { CIS_NODES } from './cis-nodes';
import { CIS_POLICIES } from './cis-policies';

/** What kube-bench will say; `unknown` where the files do not show it, and `not applicable` where there is nothing for it to look at. */
export type CisResult = 'pass' | 'fail' | 'warn' | 'manual' | 'unknown' | 'not applicable';

/** A check on one kind of host, before there is a host. */
export interface CisPrediction {
  readonly check: CisCheck;
  /** Role of the hosts; `cluster` for what is asked of the cluster. */
  readonly role: string;
  readonly result: CisResult;
  /** What the result is read from. Never empty. */
  readonly evidence: readonly string[];
  /** Why it is not passed, where that is meant. */
  readonly deviation?: CisDeviation;
}

/** Every check of the benchmark, the table of this project. */
export const CIS_CHECKS: readonly CisCheck[] = [...CIS_CONTROL_PLANE, ...CIS_NODES, ...CIS_POLICIES];

/** What a look at the files shows. */
interface Seen {
  readonly result: 'passes' | 'does not pass' | Exclude<CisResult, 'pass' | 'fail' | 'warn'>;
  readonly evidence: readonly string[];
}

/** What kube-bench with cis-1.12 will say of the hosts that these files set up. Pure. Empty, if there are no files for hosts. */
export function predictCis(artifacts: Artifacts, settings: PlatformSettings): CisPrediction[] {
  const view = HostView.of(artifacts, settings);
  return artifacts.nodeFiles.length === 0
    ? []
    : CIS_CHECKS.flatMap((check) => rolesOf(check, view).map((role) => prediction(check, role, look(check.look, role, view), view)));
}

function rolesOf({ on }: CisCheck, view: HostView): string[] {
  const workers = view.files.some(({ role }) => role === 'worker') ? ['worker'] : [];
  return on === 'nodes' ? ['control-plane', ...workers] : [on];
}

function prediction(check: CisCheck, role: string, { result, evidence }: Seen, view: HostView): CisPrediction {
  const failed = check.scored ? 'fail' : 'warn';
  const said = result === 'passes' ? 'pass' : result === 'does not pass' ? failed : result;
  const deviation = said === failed ? CIS_DEVIATIONS.find(({ checks, holds }) => checks.includes(check.id) && holds(view)) : undefined;
  return { check, role, result: said, evidence, ...(deviation ? { deviation } : {}) };
}

function look(what: CisLook, role: string, view: HostView): Seen {
  const elsewhere = foreign(what, view);
  if (elsewhere !== undefined) {
    return elsewhere;
  }
  switch (what.at) {
    case 'flags':
      return all(what.tests.map(({ flag, passes }) => flagSeen(view, what.program, flag, passes)));
    case 'kubelet':
      return all(what.tests.map((test) => kubeletSeen(view, role, test)));
    case 'mode':
      return all(what.paths.map((path) => modeSeen(view, role, path, what.most)));
    case 'owner':
      return all(what.paths.map((path) => ownerSeen(view, role, path, what.owner)));
    case 'provider':
      return providerSeen(view, what.allowed);
    case 'nowhere':
      return { result: 'does not pass', evidence: ['there is no such file on a host of kubeadm'] };
    case 'network-plugin':
      return { result: 'unknown', evidence: ['the network plugin writes these files'] };
    case 'cluster':
      return { result: 'unknown', evidence: ['kube-bench asks the running cluster'] };
    case 'nothing':
      return { result: 'manual', evidence: ['kube-bench looks at nothing: a person does'] };
  }
}

/** Programs of their own with flags in their command lines, on hosts where the rest is elsewhere than kube-bench looks for it. */
const FLAGGED: Readonly<Partial<Record<Distribution, readonly Program[]>>> = {
  rke2: ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'],
  talos: ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'],
};

/** What kube-bench finds nothing of with this benchmark; it has others for some. */
function foreign(what: CisLook, { distribution }: HostView): Seen | undefined {
  if (what.at === 'nothing' || what.at === 'cluster' || distribution === 'kubeadm' || distribution === 'kind') {
    return undefined;
  }
  if (distribution === undefined) {
    return unknown('no file says how the programs are started');
  }
  if (what.at === 'flags' && FLAGGED[distribution]?.includes(what.program)) {
    return undefined;
  }
  const managed = MANAGED_DISTRIBUTIONS.some((name) => name === distribution);
  const why = managed
    ? 'the provider runs the control plane, and kube-bench has a benchmark of its own for it'
    : distribution === 'k3s'
      ? 'k3s runs every program in one process; kube-bench has a benchmark of its own for it'
      : `${distribution} keeps it elsewhere than kube-bench looks for it`;
  return { result: 'not applicable', evidence: [why] };
}

/** All must pass; what is not known is not passed. */
function all(seen: readonly Seen[]): Seen {
  const worst = (['does not pass', 'unknown', 'passes'] as const).find((result) => seen.some((one) => one.result === result)) ?? 'unknown';
  return {
    result: worst,
    evidence: seen.filter(({ result }) => worst === 'passes' || result === worst).flatMap(({ evidence }) => evidence),
  };
}

function seen(passes: boolean, evidence: string): Seen {
  return { result: passes ? 'passes' : 'does not pass', evidence: [evidence] };
}

function unknown(evidence: string): Seen {
  return { result: 'unknown', evidence: [evidence] };
}

function flagSeen(view: HostView, program: Program, name: string, passes: (value: string | undefined) => boolean): Seen {
  if (!view.starts(program) && program !== 'kube-proxy') {
    return unknown(`no file says how ${program} is started`);
  }
  const flag = view.flagsOf(program).get(name);
  if (flag === undefined && !view.decides(program, name)) {
    return unknown(`no file gives --${name} to ${program}, and ${view.distribution} may`);
  }
  return seen(passes(flag?.value), flag ? `--${name}=${flag.value} (${giver(flag, view)})` : `--${name} is not given to ${program}`);
}

function giver({ file }: HostFlag, { distribution }: HostView): string {
  return file === undefined ? `${distribution} gives it` : file.path;
}

/** The flags of kubelets in node files are those of single nodes; what all of them have is in the configuration. */
function kubeletSeen(view: HostView, role: string, { flag, field, passes }: KubeletTest): Seen {
  const given = view.flagSources
    .filter(({ program }) => program === 'kubelet')
    .flatMap(({ file, flags }) => flags.map((one) => ({ ...one, file })));
  const bad = given.find(({ name, value, file }) => name === flag && file.role === role && !passes(value));
  if (bad) {
    return seen(false, `--${flag}=${bad.value} (${bad.file.path})`);
  }
  if (field === undefined) {
    return seen(passes(undefined), `--${flag} is not given to the kubelet`);
  }
  const document = view.of('KubeletConfiguration').find(({ part }) => !part);
  if (document === undefined) {
    return unknown('no file has the configuration of the kubelet');
  }
  const patched = view.of('KubeletConfiguration').filter(({ part }) => part);
  const written = [...patched, document]
    .map(({ file, value }) => ({ by: file.path, value: valueOf(value, field) }))
    .find(({ value }) => value !== undefined);
  const { kubelet = {}, kubeletAlways = {} } = view.facts ?? {};
  const own = (fields: Readonly<Record<string, unknown>>): { readonly by: string; readonly value: unknown }[] =>
    Object.hasOwn(fields, field) ? [{ by: `${view.distribution} sets it`, value: fields[field] }] : [];
  const [found] = [...own(kubeletAlways), ...(written ? [written] : []), ...own(kubelet)];
  const text = textOf(found?.value);
  return seen(passes(text), found ? `${field}: ${text} (${found.by})` : `${field} is not set`);
}

/** As a template of kubectl prints it, which kube-bench reads the file with; an empty value is none. */
function textOf(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    return value.length === 0 ? undefined : value.map(String).join(',');
  }
  return value === undefined || value === null || value === '' || isRecord(value) ? undefined : String(value);
}

function modeSeen(view: HostView, role: string, path: string, most: number): Seen {
  const { mode, by } = hostModeOf(view, role, path);
  return mode === undefined
    ? unknown(`nothing says what mode ${path} has`)
    : seen((mode & ~most) === 0, `${path} has ${mode.toString(8)} (${by})`);
}

function ownerSeen(view: HostView, role: string, path: string, wanted: string): Seen {
  const { owner, by } = hostModeOf(view, role, path);
  return owner === undefined
    ? unknown(`nothing says whom ${path} belongs to`)
    : seen(owner === wanted, `${path} belongs to ${owner} (${by})`);
}

/** kube-bench reads the line after the last `providers:`. The file is made of the skeleton, provider by provider. */
function providerSeen(view: HostView, allowed: readonly string[]): Seen {
  const document = view.of('EncryptionConfiguration')[0];
  if (document === undefined) {
    return unknown('no file says what encrypts');
  }
  const last = recordsOf(document.value['resources']).at(-1);
  const provider = Object.keys(recordsOf(recordOf(last)['providers'])[0] ?? {})[0] ?? 'none';
  return seen(allowed.includes(provider), `the last resources are written by ${provider} (${placeOf(document.file)})`);
}

function placeOf({ path }: NodeFile): string {
  return path;
}
