import { groupBy } from '../../manifest';
import type { Artifacts, NodeFile } from '../../manifest';
import type { Distribution, KubernetesMinor, PlatformSettings } from '../../settings';
import { itemsOf } from '../node-files';
import type { Program } from '../node-files';
import { DISTRIBUTION_FACTS } from './distribution-facts';
import type { DistributionFacts } from './distribution-facts';
import type { ApiServerMount, FlagSource, HostDocument, HostFlag } from './host-document';
import { together } from './fact-parts';
import { hostFacts } from './host-facts';
import { isExecutable, isInside, makes, sysctlsIn, tmpfilesLines } from './host-files';
import type { TmpfilesLine } from './host-files';
import { RANCHER_KIND, readDocuments, TALOS_KIND } from './read-documents';

const VIEWS = new WeakMap<readonly NodeFile[], { readonly view: HostView; readonly settings: PlatformSettings }>();

/**
 * What the hosts will run with, read from the files that are for them, whoever wrote those: documents, flags of each program, what
 * the API server sees. Made once for each input; the rules about node files ask it. Nothing in a file makes it throw.
 */
export class HostView {
  /** The view of these artifacts, which all rules share. */
  public static of({ nodeFiles }: Artifacts, settings: PlatformSettings): HostView {
    const made = VIEWS.get(nodeFiles);
    if (made?.settings === settings) {
      return made.view;
    }
    const view = new HostView(nodeFiles, settings);
    VIEWS.set(nodeFiles, { view, settings });
    return view;
  }

  public readonly minor: KubernetesMinor;
  public readonly distribution?: Distribution;
  /** Files that no program can read, and why. */
  public readonly unreadable: readonly { readonly file: NodeFile; readonly why: string }[];
  /** Every document, those too that others hold. */
  public readonly documents: readonly HostDocument[];
  /** Flags of programs as they stand in files. */
  public readonly flagSources: readonly FlagSource[];
  /** What files mount into the API server. */
  public readonly mounts: readonly ApiServerMount[];
  /** Paths of files that other files hold, and that are written on the host from there (Talos). */
  private readonly held: readonly string[];
  /** Paths whose mode and owner are kept by systemd-tmpfiles. */
  public readonly tmpfiles: readonly TmpfilesLine[];
  private readonly byKind: ReadonlyMap<string, readonly HostDocument[]>;

  private constructor(
    public readonly files: readonly NodeFile[],
    { minor, distribution }: Pick<PlatformSettings, 'minor' | 'distribution'>,
  ) {
    this.minor = minor;
    const read = files.map((file) => ({ file, ...readDocuments(file) }));
    this.unreadable = read.flatMap(({ file, unreadable }) => (unreadable === undefined ? [] : [{ file, why: unreadable }]));
    const own = read.flatMap(({ documents }) => documents);
    const { documents, flags, mounts, paths } = together(own.map(hostFacts));
    this.documents = [...own, ...documents];
    this.flagSources = flags;
    this.mounts = mounts;
    this.held = paths;
    this.tmpfiles = files.flatMap(tmpfilesLines);
    this.byKind = groupBy(this.documents, ({ kind }) => kind);
    this.distribution = distribution ?? this.told();
  }

  /** The distribution that the files are for, where the settings do not name it. */
  private told(): Distribution | undefined {
    const path = this.of(RANCHER_KIND)[0]?.file.path;
    if (path !== undefined) {
      return path.startsWith('/etc/rancher/rke2/') ? 'rke2' : 'k3s';
    }
    const signs = [
      ['kind', this.of('Cluster').some(({ apiVersion }) => apiVersion.startsWith('kind.x-k8s.io/'))],
      ['talos', this.of(TALOS_KIND).length + this.of('KubeAPIServerConfig').length > 0],
      ['kubeadm', this.documents.some(({ apiVersion }) => apiVersion.startsWith('kubeadm.k8s.io/'))],
    ] as const;
    return signs.find(([, is]) => is)?.[0];
  }

  /** What the distribution does by itself, if it is known. */
  public get facts(): DistributionFacts | undefined {
    return this.distribution && DISTRIBUTION_FACTS[this.distribution];
  }

  /** The documents of a kind. */
  public of(kind: string): readonly HostDocument[] {
    return this.byKind.get(kind) ?? [];
  }

  /** Whether files say how the program is started. */
  public starts(program: Program): boolean {
    return this.flagSources.some((source) => source.program === program);
  }

  /**
   * The flags that a program will be given, the distribution's own among them. Of a name that a file has several times, the last;
   * nothing, when no file starts the program.
   */
  public flagsOf(program: Program): ReadonlyMap<string, HostFlag> {
    const given = this.flagSources
      .filter((source) => source.program === program)
      .flatMap(({ file, flags }) => flags.map((flag) => ({ ...flag, file })));
    if (!this.starts(program)) {
      return new Map();
    }
    const own = Object.entries(this.facts?.flags[program] ?? {}).map(([name, value]): HostFlag => ({ name, value }));
    const flags = new Map(own.map((flag) => [flag.name, flag]));
    for (const flag of given) {
      const before = this.facts?.additive.includes(flag.name) ? flags.get(flag.name)?.value : undefined;
      flags.set(flag.name, before === undefined ? flag : { ...flag, value: `${before},${flag.value}` });
    }
    const { leavesOut = {}, leavesOutBeside = {} } = this.facts ?? {};
    const leftOut = [
      ...Object.entries(leavesOut).flatMap(([name, others]) => (given.some((flag) => flag.name === name) ? others : [])),
      ...Object.entries(leavesOutBeside).flatMap(([kind, others]) => (this.of(kind).length > 0 ? others : [])),
    ];
    return new Map([...flags].filter(([name, { file }]) => file !== undefined || !leftOut.includes(name)));
  }

  /** Whether a flag that `flagsOf` does not have will not be given: the distribution gives none beside those which are known here. */
  public decides(program: Program, flag: string): boolean {
    return this.facts === undefined || this.facts.complete || Object.hasOwn(this.facts.flags[program] ?? {}, flag);
  }

  /** The admission plugins that the API server is told to run. Undefined, when no file starts it. */
  public get admissionPlugins(): readonly string[] | undefined {
    return this.starts('kube-apiserver') ? itemsOf(this.flagsOf('kube-apiserver').get('enable-admission-plugins')?.value ?? '') : undefined;
  }

  /** The folders that a program sees; undefined when it sees every file that a flag names. */
  public seenBy(program: Program): readonly string[] | undefined {
    const own = this.facts?.mounted?.[program];
    return own && [...own, ...(program === 'kube-apiserver' ? this.mounts.map(({ mountPath }) => mountPath) : [])];
  }

  /** Whether the path is there when the host is set up: as a file of ours, as a folder of one, or made by systemd-tmpfiles. */
  public has(path: string): boolean {
    return (
      this.files.some((file) => isInside(file.path, path)) ||
      this.held.some((held) => isInside(held, path)) ||
      this.tmpfiles.some((line) => ['d', 'D', 'f'].includes(line.type) && isInside(line.path, path))
    );
  }

  /** The script that makes this file on the host. */
  public scriptThatMakes(path: string): NodeFile | undefined {
    return this.files.find((file) => file.path !== INSTALL_SCRIPT && isExecutable(file) && makes(file, path));
  }

  /** The path of the host that the API server sees at a path of its own. */
  public hostPathOf(path: string): string {
    const mount = this.mounts.find(({ mountPath }) => mountPath !== '' && isInside(path, mountPath));
    return mount ? `${mount.hostPath}${path.slice(mount.mountPath.length)}` : path;
  }

  /** The kernel settings of a role's hosts: a file whose name is later wins, whatever its folder (sysctl.d(5)). */
  public sysctlsOf(role: string): ReadonlyMap<string, string> {
    const name = ({ path }: NodeFile): string => path.slice(path.lastIndexOf('/') + 1);
    const files = this.files.filter((file) => file.role === role).sort((a, b) => (name(a) < name(b) ? -1 : 1));
    return new Map(files.flatMap((file) => [...sysctlsIn(file)]));
  }
}

/** It lists every file of its role, and makes none of them. */
const INSTALL_SCRIPT = '/install.sh';
