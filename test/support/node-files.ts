import { configYaml, HardenedBaseline, hostPartsOf, kubeletDocument, kubeProxyDocument, PlatformSettings, RULES } from '../../src';
import type { ControlPlaneSpec, Finding, KubernetesMinor, Manifest, NodeFile, PlatformSettingsProps } from '../../src';
import { controlPlaneOf, KUBEADM_LAYOUT } from './control-plane';

const FOLDER = '/etc/kubernetes/kubeadm';
const API_VERSION = 'kubeadm.k8s.io/v1beta4';

/** Path of the file that kubeadm makes the cluster from. */
export const INIT = `${FOLDER}/init.yaml`;

/** The files of hosts that kubeadm sets up, made by the whole baseline: nothing is to be found in them. */
export function nodeFiles(minor: KubernetesMinor = '1.36'): NodeFile[] {
  const settings = { minor, enforcement: { exempt: { groups: ['oidc:platform'] } } };
  const access = { oidc: [{ issuer: 'https://id.example.com', audiences: ['kubernetes'] }] };
  return rendered(controlPlaneOf((app) => new HardenedBaseline(app, 'baseline', { access }), settings));
}

function rendered(spec: ControlPlaneSpec): NodeFile[] {
  const { files, flags, mounts, admissionPlugins } = hostPartsOf(spec, KUBEADM_LAYOUT);
  const plugins = { name: 'enable-admission-plugins', value: [...new Set(['NodeRestriction', ...admissionPlugins])].join(',') };
  const hardening = { name: 'hardening', path: KUBEADM_LAYOUT.hardening, readOnly: true, type: 'Directory' as const };
  const cluster = {
    apiVersion: API_VERSION,
    kind: 'ClusterConfiguration',
    kubernetesVersion: `v${spec.cluster.minor}.0`,
    etcd: { local: { extraArgs: flags.etcd } },
    apiServer: {
      extraArgs: [...(flags['kube-apiserver'] ?? []), plugins],
      extraVolumes: [hardening, ...mounts].map(({ name, path, readOnly, type = 'Directory' }) => ({
        name,
        hostPath: path,
        mountPath: path,
        readOnly,
        pathType: type,
      })),
    },
    controllerManager: { extraArgs: flags['kube-controller-manager'] },
    scheduler: { extraArgs: flags['kube-scheduler'] },
  };
  const join = { apiVersion: API_VERSION, kind: 'JoinConfiguration', discovery: { file: { kubeConfigPath: '/run/join/discovery.conf' } } };
  const localAPIEndpoint = { advertiseAddress: '192.0.2.10', bindPort: 6443 };
  const first = { apiVersion: API_VERSION, kind: 'InitConfiguration', localAPIEndpoint };
  const documents = [cluster, kubeletDocument(spec), kubeProxyDocument(spec)].filter((document) => document !== undefined);
  return [...files, nodeFile(INIT, configYaml(first, ...documents)), nodeFile(`${FOLDER}/worker.yaml`, configYaml(join), 'worker')];
}

/** A file of a control-plane node, as others may have written it. */
export function nodeFile(path: string, content: string, role = 'control-plane', mode = '0600'): NodeFile {
  return { role, path, mode, owner: 'root:root', content };
}

/** What the rules about node files find. */
export function findingsIn(
  files: readonly NodeFile[],
  settings: PlatformSettingsProps = {},
  manifests: readonly Manifest[] = [],
): Finding[] {
  const input = {
    artifacts: { manifests, nodeFiles: files },
    settings: PlatformSettings.from({ minor: '1.36', ...settings }),
    waivers: [],
  };
  return RULES.filter(({ scope }) => scope === 'node-files').flatMap((rule) => rule.check(input));
}

/** The files with a text replaced in the one whose path ends so, or has this base name before its hash. */
export function changed(place: string, from: string | RegExp, to: string, files: readonly NodeFile[] = nodeFiles()): NodeFile[] {
  const isMeant = ({ path }: NodeFile): boolean => path.endsWith(place) || new RegExp(`/${place}-[0-9a-f]{10}\\.yaml$`).test(path);
  const result = files.map((file) => (isMeant(file) ? { ...file, content: file.content.replace(from, to) } : file));
  if (result.every((file, index) => file.content === files[index]?.content)) {
    throw new Error(`nothing to replace by ${to} in ${place}`);
  }
  return result;
}

/** The files without those whose path has this in it. */
export function without(part: string, files: readonly NodeFile[] = nodeFiles()): NodeFile[] {
  const rest = files.filter(({ path }) => !path.includes(part));
  if (rest.length === files.length) {
    throw new Error(`no file has ${part} in its path`);
  }
  return rest;
}
