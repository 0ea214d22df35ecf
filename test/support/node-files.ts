import { RULES } from '../../src/rules';
import { PlatformSettings } from '../../src/settings';
import type { Manifest, NodeFile } from '../../src/manifest';
import type { Finding } from '../../src/rules';
import type { Distribution, KubernetesMinor, PlatformSettingsProps } from '../../src/settings';
import { filesOf } from '../control-plane/distributions/one-cluster';

/** Path of the file that kubeadm makes the cluster from. */
export const INIT = '/etc/kubernetes/kubeadm/init.yaml';

const MADE = new Map<string, readonly NodeFile[]>();

/** The files of hosts, made by the whole baseline for this distribution: nothing is to be found in them. */
export function nodeFiles(minor: KubernetesMinor = '1.36', distribution: Distribution = 'kubeadm'): readonly NodeFile[] {
  const key = `${distribution} ${minor}`;
  const files = MADE.get(key) ?? filesOf(distribution, { minor });
  MADE.set(key, files);
  return files;
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
