/**
 * Writes the files for hosts of every distribution, with every option of the control plane on and with none, for a minor:
 * `<folder>/<distribution>-<variant>/index.json` and `<role>/<path>`, as synth writes `dist/nodes`.
 *
 *   npm run generate:node-files -- <folder> [--minor 1.36]
 */
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { App } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  ApiServerAdmission,
  ApiServerAuthentication,
  ApiServerAuthorization,
  AuditLogging,
  CertificateRenewal,
  configYaml,
  ConfinementProfiles,
  ControlPlaneFlags,
  controlPlaneSpecOf,
  DISTRIBUTION_RENDERERS,
  EncryptionAtRest,
  EtcdHardening,
  FileModes,
  HOST_LAYOUTS,
  HostFirewall,
  hostPartsOf,
  KernelSettings,
  kubeletDocument,
  KubeletHardening,
  kubeProxyDocument,
  KubeProxyHardening,
  PlatformSettings,
  SUPPORTED_MINORS,
  TlsFloor,
} from '../src';
import type { ControlPlaneSpec, Distribution, KubernetesMinor, NodeFile } from '../src';
import { writeFiles } from '../src/manifest';

/** Distributions whose hosts get files that Kubernetes' own programs read. */
const DISTRIBUTIONS = ['kubeadm', 'kind', 'k3s', 'rke2'] as const satisfies readonly Distribution[];
type Fill = (scope: Construct, distribution: Distribution) => void;
const VARIANTS: Readonly<Record<string, Fill>> = { plain, full };

const { positionals, values } = parseArgs({ allowPositionals: true, options: { minor: { type: 'string', default: '1.36' } } });
const [folder] = positionals;
const minor = SUPPORTED_MINORS.find((supported) => supported === values.minor);
if (folder === undefined || minor === undefined) {
  process.stderr.write(`usage: npm run generate:node-files -- <folder> [--minor ${SUPPORTED_MINORS.join('|')}]\n`);
  process.exit(2);
}
for (const distribution of DISTRIBUTIONS) {
  for (const [variant, fill] of Object.entries(VARIANTS)) {
    write(path.join(folder, `${distribution}-${variant}`), nodeFiles(distribution, minor, fill));
  }
}

function write(root: string, files: readonly NodeFile[]): void {
  const index = JSON.stringify(files.map(({ role, path, mode, owner }) => ({ role, path, mode, owner })));
  writeFiles({
    root,
    files: new Map([...files.map(({ role, path, content }) => [`${role}${path}`, content] as const), ['index.json', index]]),
    index: '.index',
  });
}

function nodeFiles(distribution: Distribution, minor: KubernetesMinor, fill: Fill): readonly NodeFile[] {
  const app = new App();
  PlatformSettings.provide(app, { minor, distribution, enforcement: { exempt: { users: [], groups: ['oidc:platform'] } } });
  fill(app, distribution);
  const spec = controlPlaneSpecOf(app, {
    name: 'shop-prod',
    minor,
    distribution,
    endpoint: 'api.example.com:6443',
    hosts: { controlPlane: ['192.0.2.10', '192.0.2.11', '192.0.2.12'], nodes: ['192.0.2.0/24'], admins: ['198.51.100.0/24'] },
    network: { pods: ['10.244.0.0/16'], services: ['10.96.0.0/16'], plugin: 'calico' },
  });
  const files = DISTRIBUTION_RENDERERS[distribution](spec);
  return files.length > 0 ? files : partsOf(spec);
}

/** What the parts ask for, where nothing renders the distribution. */
function partsOf(spec: ControlPlaneSpec): NodeFile[] {
  const layout = HOST_LAYOUTS[spec.cluster.distribution];
  const documents = [kubeletDocument(spec), kubeProxyDocument(spec)].flatMap((document) => document ?? []);
  return [
    ...(layout ? hostPartsOf(spec, layout).files : []),
    ...documents.map((document) => ({
      role: 'worker',
      path: `/var/lib/${document.kind}.yaml`,
      mode: '0600',
      owner: 'root:root',
      content: configYaml(document),
    })),
  ];
}

/** Every part with its defaults. */
function plain(scope: Construct): void {
  new ApiServerAdmission(scope, 'admission');
  new ApiServerAuthentication(scope, 'authentication');
  new ApiServerAuthorization(scope, 'authorization');
  new AuditLogging(scope, 'audit');
  new CertificateRenewal(scope, 'certificates');
  new ControlPlaneFlags(scope, 'flags');
  new EncryptionAtRest(scope, 'encryption');
  new EtcdHardening(scope, 'etcd');
  new FileModes(scope, 'file-modes');
  new HostFirewall(scope, 'firewall');
  new KernelSettings(scope, 'kernel');
  new KubeletHardening(scope, 'kubelet');
  new KubeProxyHardening(scope, 'kube-proxy');
  new TlsFloor(scope, 'tls');
}

/** Every part with what it can do beside. */
function full(scope: Construct, distribution: Distribution): void {
  const server = 'https://guard.example.com/kubernetes';
  new ApiServerAdmission(scope, 'admission', { alwaysPullImages: true, exemptNamespaces: ['storage'], imagePolicy: { server } });
  new ApiServerAuthentication(scope, 'authentication', {
    oidc: [
      {
        issuer: 'https://id.example.com',
        audiences: ['kubernetes', 'kubectl'],
        requiredClaims: { tenant: 'shop' },
        extra: { 'id.example.com/amr': 'amr' },
        claimRules: [{ expression: "'mfa' in dyn(claims.?amr.orValue([]))", message: 'log in with a second factor' }],
      },
      { issuer: 'https://ci.example.com', audiences: ['kubernetes'], prefix: 'ci:', usernameClaim: 'sub' },
    ],
    tokenJoin: distribution === 'kubeadm' || distribution === 'kind',
  });
  new ApiServerAuthorization(scope, 'authorization', {
    webhook: { name: 'guard.example.com', server, matchConditions: ["request.resourceAttributes.namespace == 'payments'"] },
  });
  new AuditLogging(scope, 'audit', { profile: 'balanced', log: { readerGroup: 10001 }, webhook: { server } });
  new CertificateRenewal(scope, 'certificates', { algorithm: 'RSA-4096', validityDays: 120 });
  new ConfinementProfiles(scope, 'profiles');
  new ControlPlaneFlags(scope, 'flags', { requestTimeout: '30s' });
  new EncryptionAtRest(
    scope,
    'encryption',
    distribution === 'k3s' || distribution === 'rke2' // these make their own key
      ? {}
      : {
          provider: 'kms',
          kms: { name: 'kms-2026-11', socket: '/run/kms/kms.sock' },
          resources: ['secrets', 'configmaps', 'widgets.example.com'],
        },
  );
  new EtcdHardening(scope, 'etcd', { backup: { recipients: ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'] } });
  new FileModes(scope, 'file-modes');
  new HostFirewall(scope, 'firewall');
  new KernelSettings(scope, 'kernel');
  new KubeletHardening(scope, 'kubelet', {
    settings: { maxPods: 250, systemReserved: { memory: '1Gi' }, evictionHard: { 'memory.available': '500Mi' } },
  });
  new KubeProxyHardening(scope, 'kube-proxy', { mode: 'nftables' });
  new TlsFloor(scope, 'tls', { minVersion: '1.2' });
}
