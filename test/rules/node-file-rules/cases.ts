import type { Manifest, NodeFile } from '../../../src/manifest';
import type { PlatformSettingsProps } from '../../../src/settings';
import { changed, INIT, nodeFile, nodeFiles, without } from '../../support/node-files';

/** Files of hosts on which a rule holds. */
export interface PassingHosts {
  readonly what: string;
  readonly files: () => readonly NodeFile[];
  readonly settings?: PlatformSettingsProps;
  readonly manifests?: readonly Manifest[];
}

/** Files in which a rule finds something. */
export interface FailingHosts extends PassingHosts {
  /** `field: beginning of the message`, for each finding; the field is empty for the file as a whole. */
  readonly found: readonly string[];
}

/** What a rule about node files means. */
export interface NodeFileCases {
  readonly rule: string;
  readonly pass?: readonly PassingHosts[];
  readonly fail: readonly FailingHosts[];
}

const init = (from: string | RegExp, to: string): (() => readonly NodeFile[]) => {
  return () => changed(INIT, from, to);
};
const flag = (name: string, value: string): string => `- name: ${name}\n        value: ${value}`;
const addFlag = (name: string, value: string): (() => readonly NodeFile[]) =>
  init(/(apiServer:\n[\s\S]*?\n {2}extraArgs:\n)/, `$1    - name: ${name}\n      value: ${value}\n`);
const dropFlag = (name: string): (() => readonly NodeFile[]) => init(new RegExp(` {4}- name: ${name}\n {6}value: .*\n`), '');
const added = (file: NodeFile): (() => readonly NodeFile[]) => {
  return () => [...nodeFiles(), file];
};

type Edit = readonly [from: string | RegExp, to: string];
const K3S = { distribution: 'k3s' } as const;
const KIND = { distribution: 'kind' } as const;
const TALOS = { distribution: 'talos' } as const;

/** k3s with changes in the file that it is set up with. */
const k3s = (...edits: readonly Edit[]): (() => readonly NodeFile[]) => {
  return () => edits.reduce((files, [from, to]) => changed('50-hardening.yaml', from, to, files), nodeFiles('1.36', 'k3s'));
};
/** Talos up to 1.13 with changes in its document. */
const talos = (...edits: readonly Edit[]): (() => readonly NodeFile[]) => {
  return () => edits.reduce((files, [from, to]) => changed('/talos/control-plane.yaml', from, to, files), nodeFiles('1.36', 'talos'));
};
/** kind with changes in the document that it makes the cluster from. */
const kind = (...edits: readonly Edit[]): (() => readonly NodeFile[]) => {
  return () => edits.reduce((files, [from, to]) => changed('/kind/cluster.yaml', from, to, files), nodeFiles('1.36', 'kind'));
};

const APPROVER: Manifest = {
  object: {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'approver' },
    rules: [
      { apiGroups: ['certificates.k8s.io'], resources: ['signers'], resourceNames: ['kubernetes.io/kubelet-serving'], verbs: ['approve'] },
    ],
  },
  origin: {},
};
const CLUSTER_INFO = '/api/v1/namespaces/kube-public/configmaps/cluster-info';

export const NODE_FILE_CASES: readonly NodeFileCases[] = [
  {
    rule: 'node-file-syntax',
    pass: [{ what: 'scripts and units, which are no YAML', files: added(nodeFile('/etc/systemd/system/x.conf', '[Unit]\n: {')) }],
    fail: [
      {
        what: 'JSON that does not end',
        files: added(nodeFile('/etc/a.json', '{"a": 1')),
        found: [': cannot be read by the program that it is for: Expected'],
      },
      {
        what: 'a list that does not end',
        files: added(nodeFile('/etc/a.yaml', 'a: [1')),
        found: [': cannot be read by the program that it is for: Flow'],
      },
      {
        what: 'a field twice',
        files: added(nodeFile('/etc/a.yaml', 'a: 1\na: 2\n')),
        found: [': cannot be read by the program that it is for: Map keys'],
      },
    ],
  },
  {
    rule: 'node-file-fields',
    pass: [
      {
        what: 'objects and documents of programs that are not Kubernetes’',
        files: added(
          nodeFile('/etc/x.yaml', 'apiVersion: v1\nkind: Pod\nspecs: {}\n---\napiVersion: example.com/v1\nkind: Config\nx: 1\n'),
        ),
      },
    ],
    fail: [
      {
        what: 'a field that kubeadm refuses',
        files: init('certificateValidityPeriod', 'certificateValidity'),
        found: ['ClusterConfiguration.certificateValidity: is no field of ClusterConfiguration'],
      },
      {
        what: 'a version that is gone',
        files: () => changed('worker.yaml', 'v1beta4', 'v1beta3', nodeFiles('1.37')),
        settings: { minor: '1.37' },
        found: ['JoinConfiguration.apiVersion: is kubeadm.k8s.io/v1beta3, which kubeadm of 1.37 does not read any more'],
      },
      {
        what: 'a field of kind that is misspelt',
        files: kind(['extraMounts:', 'extraMount:']),
        settings: KIND,
        found: ['Cluster.nodes[0].extraMount: is no field of Cluster'],
      },
      {
        what: 'a field in a patch of kind',
        files: kind(['certificateValidityPeriod', 'certificateValidity']),
        settings: KIND,
        found: ['ClusterConfiguration.certificateValidity: is no field of ClusterConfiguration'],
      },
    ],
  },
  {
    rule: 'audit-policy',
    fail: [
      {
        what: 'bodies of Secrets',
        files: () => changed('policy', 'level: Metadata', 'level: RequestResponse'),
        found: ['Policy.rules', 'Policy.rules[1].level', 'Policy.rules[1].level', 'Policy.rules[1].level'],
      },
      { what: 'an unknown level', files: () => changed('policy', 'level: Metadata', 'level: Everything'), found: ['Policy.rules'] },
    ],
  },
  {
    rule: 'audit-flags',
    fail: [
      { what: 'no policy', files: dropFlag('audit-policy-file'), found: ['kube-apiserver --audit-policy-file: is missing'] },
      {
        what: 'a log that is kept for a day',
        files: init('- name: audit-log-maxage\n      value: "30"', '- name: audit-log-maxage\n      value: "1"'),
        found: ['kube-apiserver --audit-log-maxage: is "1"'],
      },
      {
        what: 'a folder that is mounted read-only',
        files: init(
          'mountPath: /var/log/kubernetes/audit\n      readOnly: false',
          'mountPath: /var/log/kubernetes/audit\n      readOnly: true',
        ),
        found: ['kube-apiserver --audit-log-path: is in /var/log/kubernetes/audit, which is mounted read-only'],
      },
      {
        what: 'the file mounted alone',
        files: init('mountPath: /var/log/kubernetes/audit', 'mountPath: /var/log/kubernetes/audit/audit.log'),
        found: ['kube-apiserver --audit-log-path: is mounted as a file'],
      },
      {
        what: 'a folder that is not mounted',
        files: init('value: /var/log/kubernetes/audit/audit.log', 'value: /var/log/audit.log'),
        found: ['kube-apiserver --audit-log-path: is /var/log/audit.log, which is not mounted'],
      },
    ],
  },
  {
    rule: 'encryption-configuration',
    fail: [
      {
        what: 'the clear first',
        files: () => changed('skeleton.yaml', /- secretbox:\n.*keys: \[\]/, '- identity: {}'),
        found: ['EncryptionConfiguration.resources[1].providers'],
      },
      {
        what: 'another provider',
        files: () => changed('skeleton.yaml', 'secretbox', 'aesgcm'),
        found: ['EncryptionConfiguration.resources[1].providers[0].aesgcm'],
      },
    ],
  },
  {
    rule: 'encryption-at-rest',
    fail: [
      {
        what: 'no configuration',
        files: dropFlag('encryption-provider-config'),
        found: ['kube-apiserver --encryption-provider-config: is not given'],
      },
      {
        what: 'k3s without it',
        files: k3s(['secrets-encryption: true\n', '']),
        settings: K3S,
        found: ['secrets-encryption: is not on'],
      },
      {
        what: 'a configuration beside that of k3s',
        files: k3s(['kube-apiserver-arg:\n', 'kube-apiserver-arg:\n  - encryption-provider-config=/etc/e.yaml\n']),
        settings: K3S,
        found: ['kube-apiserver --encryption-provider-config: is given: k3s writes'],
      },
    ],
  },
  {
    rule: 'authentication-configuration',
    fail: [
      {
        what: 'a file of k3s, which leaves its own flag out then',
        files: () => changed('authentication', /anonymous:\n( .*\n)+/, '', nodeFiles('1.36', 'k3s')),
        settings: K3S,
        found: ['AuthenticationConfiguration.anonymous: it is missing'],
      },
      {
        what: 'nothing that limits anonymous requests',
        files: () => without('/authentication/', dropFlag('authentication-config')()),
        found: ['kube-apiserver --authentication-config: is not given, and neither is --anonymous-auth'],
      },
      {
        what: 'anonymous requests everywhere',
        files: () => changed('authentication', /anonymous:\n[\s\S]*healthz\n/, ''),
        found: ['AuthenticationConfiguration.anonymous: it is missing'],
      },
      {
        what: 'tokens for anybody',
        files: () => changed('authentication', /audiences:\n.*/, 'audiences: []'),
        found: ['AuthenticationConfiguration.jwt[0].issuer.audiences: it is empty'],
      },
      {
        what: 'http',
        files: () => changed('authentication', 'https://id', 'http://id'),
        found: ['AuthenticationConfiguration.jwt[0].issuer.url: "http://id.example.com" is not https'],
      },
    ],
  },
  {
    rule: 'authorization-configuration',
    pass: [
      {
        what: 'Node and RBAC in a file',
        files: added(
          nodeFile(
            '/etc/a.yaml',
            'apiVersion: apiserver.config.k8s.io/v1\nkind: AuthorizationConfiguration\nauthorizers:\n  - { type: Node, name: node }\n  - { type: RBAC, name: rbac }\n',
          ),
        ),
      },
    ],
    fail: [
      {
        what: 'RBAC alone',
        files: added(
          nodeFile(
            '/etc/a.yaml',
            'apiVersion: apiserver.config.k8s.io/v1\nkind: AuthorizationConfiguration\nauthorizers:\n  - { type: RBAC, name: rbac }\n',
          ),
        ),
        found: ['AuthorizationConfiguration.authorizers: Node is missing'],
      },
      {
        what: 'everybody',
        files: added(
          nodeFile(
            '/etc/a.yaml',
            'apiVersion: apiserver.config.k8s.io/v1\nkind: AuthorizationConfiguration\nauthorizers:\n  - { type: Node, name: node }\n  - { type: RBAC, name: rbac }\n  - { type: AlwaysAllow, name: all }\n',
          ),
        ),
        found: ['AuthorizationConfiguration.authorizers[2].type: AlwaysAllow makes everybody'],
      },
    ],
  },
  {
    rule: 'api-server-flag-conflicts',
    fail: [
      {
        what: 'a file of Talos that says what its own flag says',
        files: talos([
          /^( *)kind: AuthenticationConfiguration\n/m,
          '$1kind: AuthenticationConfiguration\n$1anonymous: { enabled: true, conditions: [{ path: /livez }] }\n',
        ]),
        settings: TALOS,
        found: ['kube-apiserver --anonymous-auth: is given beside --authentication-config'],
      },
      {
        what: 'anonymous requests said twice',
        files: addFlag('anonymous-auth', '"false"'),
        found: ['kube-apiserver --anonymous-auth: is given beside --authentication-config'],
      },
      {
        what: 'OIDC said twice',
        files: addFlag('oidc-issuer-url', 'https://id.example.com'),
        found: ['kube-apiserver --oidc-issuer-url: is given beside --authentication-config'],
      },
      {
        what: 'authorization said twice',
        files: addFlag('authorization-config', '/etc/kubernetes/hardening/a.yaml'),
        found: ['kube-apiserver --authorization-mode: is given beside --authorization-config'],
      },
    ],
  },
  {
    rule: 'token-join',
    pass: [
      {
        what: 'a token, and the path is open',
        files: () =>
          changed(
            'worker.yaml',
            /file:\n.*\n/,
            'bootstrapToken:\n    apiServerEndpoint: api.example.com:6443\n',
            changed('authentication', '- path: /livez', `- path: ${CLUSTER_INFO}`),
          ),
      },
    ],
    fail: [
      {
        what: 'a token, and the path is shut',
        files: () => changed('worker.yaml', /file:\n.*\n/, 'bootstrapToken:\n    apiServerEndpoint: api.example.com:6443\n'),
        found: ['AuthenticationConfiguration.anonymous.conditions: has no /api/v1/namespaces/kube-public/configmaps/cluster-info'],
      },
      {
        what: 'kind with a worker',
        files: () => changed('authentication', CLUSTER_INFO, '/livez', nodeFiles('1.36', 'kind')),
        settings: KIND,
        found: ['AuthenticationConfiguration.anonymous.conditions: has no /api/v1/namespaces/kube-public/configmaps/cluster-info'],
      },
    ],
  },
  {
    rule: 'admission-configuration',
    fail: [
      {
        what: 'configured and not enabled',
        files: init(',EventRateLimit', ''),
        found: ['AdmissionConfiguration.plugins[1].name: EventRateLimit is not enabled'],
      },
      {
        what: 'enabled and not configured',
        files: () => without('/admission/'),
        found: ['kube-apiserver --enable-admission-plugins: has EventRateLimit, which nothing configures'],
      },
      {
        what: 'enabled on Talos and not configured',
        files: talos(['- name: EventRateLimit', '- name: ResourceQuota']),
        settings: TALOS,
        found: ['kube-apiserver --enable-admission-plugins: has EventRateLimit'],
      },
    ],
  },
  {
    rule: 'static-policies',
    pass: [{ what: 'policies of 1.37', files: () => nodeFiles('1.37'), settings: { minor: '1.37' } }],
    fail: [
      {
        what: 'a name that the API server refuses',
        files: () => changed('guard-admission-policies.yaml', /name: (\S+)\.static\.k8s\.io/, 'name: $1', nodeFiles('1.37')),
        settings: { minor: '1.37' },
        found: [
          'ValidatingAdmissionPolicy.metadata.name',
          'ValidatingAdmissionPolicyBinding.spec.policyName',
          'ValidatingAdmissionPolicy.metadata.name',
        ],
      },
      {
        what: 'a policy without binding',
        files: () => changed('guard-admission-policies.yaml', /policyName: .*/, 'policyName: other.static.k8s.io', nodeFiles('1.37')),
        settings: { minor: '1.37' },
        found: ['ValidatingAdmissionPolicyBinding.spec.policyName', 'ValidatingAdmissionPolicy.metadata.name'],
      },
    ],
  },
  {
    rule: 'component-flags',
    pass: [
      { what: 'k3s that the settings do not name', files: k3s() },
      {
        what: 'suites for etcd in the form that k3s takes',
        files: k3s(['tls-min-version=TLS1.3', 'tls-min-version=TLS1.2\n  - cipher-suites=[TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384]']),
        settings: K3S,
      },
      {
        what: 'what k3s and Talos set by themselves',
        files: k3s(['  - profiling=false\n', ''], ['  - bind-address=127.0.0.1\n', '']),
        settings: K3S,
      },
    ],
    fail: [
      {
        what: 'profiles',
        files: init('- name: profiling\n      value: "false"', '- name: profiling\n      value: "true"'),
        found: ['kube-apiserver --profiling: is "true"'],
      },
      {
        what: 'a list of plugins without NodeRestriction',
        files: init('value: NodeRestriction,', 'value: '),
        found: ['kube-apiserver --enable-admission-plugins: is "DenyServiceExternalIPs,EventRateLimit"'],
      },
      {
        what: 'a list of ciphers with TLS 1.3, with which etcd does not start',
        files: init(
          '- name: tls-min-version\n        value: TLS1.3',
          `${flag('tls-min-version', 'TLS1.3')}\n      - name: cipher-suites\n        value: TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256`,
        ),
        found: ['etcd --cipher-suites: is given with TLS1.3'],
      },
      { what: 'a flag that is gone', files: addFlag('insecure-port', '"0"'), found: ['kube-apiserver --insecure-port: is unknown'] },
      {
        what: 'a gate that is gone',
        files: addFlag('feature-gates', 'KMSv2=true'),
        found: ['kube-apiserver --feature-gates.KMSv2: is unknown'],
      },
      {
        what: 'a patch of kind',
        files: kind([/- name: profiling\n( +)value: "false"/, '- name: profiling\n$1value: "true"']),
        settings: KIND,
        found: ['kube-apiserver --profiling: is "true"'],
      },
      {
        what: 'an argument of k3s',
        files: k3s([/(kube-apiserver-arg:[\s\S]*?)profiling=false/, '$1profiling=true']),
        settings: K3S,
        found: ['kube-apiserver --profiling: is "true"'],
      },
      {
        what: 'an argument of Talos',
        files: talos(['service-account-extend-token-expiration: "false"', 'service-account-extend-token-expiration: "true"']),
        settings: TALOS,
        found: ['kube-apiserver --service-account-extend-token-expiration: is "true"'],
      },
      {
        what: 'an argument of Talos from 1.14',
        files: () => changed('/talos/control-plane.yaml', '  kubelet-certificate-authority: ', '  other: ', nodeFiles('1.37', 'talos')),
        settings: { ...TALOS, minor: '1.37' },
        found: ['kube-apiserver --other: is unknown', 'kube-apiserver --kubelet-certificate-authority: is not given'],
      },
      {
        what: 'a static pod of any origin',
        files: () => [
          nodeFile(
            '/etc/kubernetes/manifests/kube-scheduler.yaml',
            'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: x\n      command: [kube-scheduler, --profiling=true, --bind-address=0.0.0.0]\n',
          ),
        ],
        found: ['kube-scheduler --profiling: is "true"', 'kube-scheduler --bind-address: is "0.0.0.0"'],
      },
      {
        what: 'a flag of one kubelet',
        files: () =>
          changed(
            'worker.yaml',
            'discovery:',
            'nodeRegistration:\n  kubeletExtraArgs:\n    - name: read-only-port\n      value: "10255"\ndiscovery:',
          ),
        found: ['kubelet --read-only-port: is "10255"'],
      },
    ],
  },
  {
    rule: 'named-files',
    pass: [
      {
        what: 'a file of the host that a kubelet is told of, which runs there',
        files: () =>
          changed(
            'worker.yaml',
            'discovery:',
            'nodeRegistration:\n  kubeletExtraArgs:\n    - name: resolv-conf\n      value: /run/systemd/resolve/resolv.conf\ndiscovery:',
          ),
      },
      {
        what: 'keys that a script writes by redirection',
        files: () => [
          ...without('kube-encryption-key'),
          nodeFile('/usr/local/sbin/keys', 'cat > /etc/kubernetes/hardening/encryption/encryption.yaml', 'control-plane', '0700'),
        ],
      },
    ],
    fail: [
      {
        what: 'a policy that nobody writes',
        files: () => without('/audit/policy-'),
        found: ['kube-apiserver --audit-policy-file: names /etc/kubernetes/hardening/audit/policy-'],
      },
      {
        what: 'keys that no script makes',
        files: () => without('kube-encryption-key'),
        found: [
          'kube-apiserver --encryption-provider-config: names /etc/kubernetes/hardening/encryption/encryption.yaml, which no file here is',
        ],
      },
      {
        what: 'a folder that is not mounted',
        files: init(/ {4}- name: hardening\n.*\n.*\n.*\n.*\n/, ''),
        found: [
          'kube-apiserver --admission-control-config-file',
          'kube-apiserver --audit-policy-file',
          'kube-apiserver --authentication-config',
          'kube-apiserver --encryption-provider-config',
        ],
      },
      {
        what: 'a folder that is not there',
        files: () =>
          changed(
            INIT,
            'pathType: DirectoryOrCreate',
            'pathType: Directory',
            changed(INIT, 'hostPath: /var/log/kubernetes/audit', 'hostPath: /srv/audit'),
          ),
        found: ['kube-apiserver mount /srv/audit: is a folder that no file lies in'],
      },
      {
        what: 'a folder that is not mounted into the node of kind',
        files: kind(['containerPath: /etc/kubernetes/hardening', 'containerPath: /etc/kubernetes/admission']),
        settings: KIND,
        found: [
          'Cluster.nodes[0].extraMounts: mounts no folder that has /etc/kubernetes/hardening/admission/admission-',
          'Cluster.nodes[0].extraMounts: mounts no folder that has /etc/kubernetes/hardening/audit/policy-',
          'Cluster.nodes[0].extraMounts: mounts no folder that has /etc/kubernetes/hardening/authentication/authentication-',
          'Cluster.nodes[0].extraMounts: mounts no folder that has /etc/kubernetes/hardening/encryption/encryption.yaml',
        ],
      },
      {
        what: 'a folder that is not mounted into the API server of Talos',
        files: talos(['mountPath: /var/etc/kubernetes-hardening', 'mountPath: /etc/hardening']),
        settings: TALOS,
        found: ['kube-apiserver --authentication-config: names /var/etc/kubernetes-hardening/authentication.yaml, which is in no folder'],
      },
      {
        what: 'a file that is not in the one of Talos',
        files: talos(['path: /var/etc/kubernetes-hardening/authentication.yaml', 'path: /var/etc/kubernetes-hardening/other.yaml']),
        settings: TALOS,
        found: ['kube-apiserver --authentication-config: names /var/etc/kubernetes-hardening/authentication.yaml, which no file here is'],
      },
      {
        what: 'a file that k3s is told of, and nobody writes',
        files: k3s(['audit-policy-file=/var/lib/rancher/k3s/server/hardening/audit/', 'audit-policy-file=/etc/']),
        settings: K3S,
        found: ['kube-apiserver --audit-policy-file: names /etc/policy-'],
      },
    ],
  },
  {
    rule: 'kubelet-configuration',
    pass: [
      { what: 'fields that kubeadm sets', files: init(/ {2}x509:\n.*\n/, '') },
      {
        what: 'a drop-in file, which leaves the rest to others',
        files: () => [
          nodeFile(
            '/var/lib/rancher/k3s/agent/etc/kubelet.conf.d/50.conf',
            'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\npodPidsLimit: 4096\n',
          ),
        ],
        settings: K3S,
      },
    ],
    fail: [
      {
        what: 'anonymous requests',
        files: init('anonymous:\n    enabled: false', 'anonymous:\n    enabled: true'),
        found: ['KubeletConfiguration.authentication.anonymous.enabled: is true'],
      },
      {
        what: 'a field that is misspelt',
        files: init('podPidsLimit', 'podPidLimit'),
        found: ['KubeletConfiguration.podPidLimit', 'KubeletConfiguration.podPidsLimit: is not set'],
      },
      {
        what: 'a drop-in file',
        files: () => [
          nodeFile(
            '/var/lib/rancher/k3s/agent/etc/kubelet.conf.d/50.conf',
            'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nreadOnlyPort: 10255\n',
          ),
        ],
        settings: K3S,
        found: ['KubeletConfiguration.readOnlyPort: is 10255'],
      },
    ],
  },
  {
    rule: 'kubelet-serving-certificates',
    pass: [
      { what: 'a controller that approves', files: () => without('approve-kubelet-certificates'), manifests: [APPROVER] },
      {
        what: 'kubelets that ask for none',
        files: () => changed(INIT, 'serverTLSBootstrap: true', 'serverTLSBootstrap: false', without('approve-kubelet-certificates')),
      },
    ],
    fail: [
      {
        what: 'nobody who approves',
        files: () => without('approve-kubelet-certificates'),
        found: ['KubeletConfiguration.serverTLSBootstrap: is true, and nothing here approves'],
      },
      {
        what: 'a script that only looks',
        files: () => changed('approve-kubelet-certificates', /certificate approve/g, 'certificate list'),
        found: ['KubeletConfiguration.serverTLSBootstrap: is true, and nothing here approves'],
      },
    ],
  },
  {
    rule: 'kernel-defaults',
    pass: [
      {
        what: 'Talos, which sets the kernel itself',
        files: talos(['  kubelet:\n', '  kubelet:\n    extraArgs: { protect-kernel-defaults: "true" }\n']),
        settings: TALOS,
      },
    ],
    fail: [
      {
        what: 'another value',
        files: () => changed('90-kubernetes-hardening.conf', 'kernel.panic = 10', 'kernel.panic = 0'),
        found: [
          'KubeletConfiguration.protectKernelDefaults: is on, and hosts of the role control-plane lack kernel.panic = 10 (0)',
          'KubeletConfiguration.protectKernelDefaults: is on, and hosts of the role worker lack',
        ],
      },
      {
        what: 'a later file that undoes it',
        files: added(nodeFile('/etc/sysctl.d/99-local.conf', 'vm/overcommit_memory=0\n')),
        found: ['KubeletConfiguration.protectKernelDefaults: is on, and hosts of the role control-plane lack vm.overcommit_memory = 1 (0)'],
      },
      {
        what: 'k3s without them',
        files: () => without('/etc/sysctl.d/', nodeFiles('1.36', 'k3s')),
        settings: K3S,
        found: [
          'kubelet --protect-kernel-defaults: is on, and hosts of the role control-plane lack',
          'kubelet --protect-kernel-defaults: is on, and hosts of the role worker lack',
        ],
      },
    ],
  },
  {
    rule: 'kube-proxy-configuration',
    fail: [
      {
        what: 'metrics for everybody',
        files: init('metricsBindAddress: 127.0.0.1', 'metricsBindAddress: 0.0.0.0'),
        found: ['KubeProxyConfiguration.metricsBindAddress: is "0.0.0.0:10249"'],
      },
      {
        what: 'node ports everywhere',
        files: init(/nodePortAddresses:\n.*\n/, ''),
        found: ['KubeProxyConfiguration.nodePortAddresses: is not set'],
      },
      {
        what: 'metrics for everybody, on Talos from 1.14',
        files: () =>
          changed('/talos/control-plane.yaml', 'metricsBindAddress: 127.0.0.1', 'metricsBindAddress: 0.0.0.0', nodeFiles('1.37', 'talos')),
        settings: { ...TALOS, minor: '1.37' },
        found: ['KubeProxyConfiguration.metricsBindAddress: is "0.0.0.0:10249"'],
      },
    ],
  },
  {
    rule: 'node-file-modes',
    fail: [
      {
        what: 'a script that everybody may change',
        files: added(nodeFile('/usr/local/sbin/x', '#!/bin/sh\n', 'worker', '0777')),
        found: [': has mode 0777'],
      },
      {
        what: 'a program that runs as root for everybody',
        files: added(nodeFile('/usr/local/sbin/x', '#!/bin/sh\n', 'worker', '4755')),
        found: [': has mode 4755'],
      },
      {
        what: 'a file of somebody else',
        files: added({ ...nodeFile('/usr/local/sbin/x', '', 'worker'), owner: 'etcd:etcd' }),
        found: [': belongs to etcd:etcd'],
      },
      {
        what: 'a policy that everybody reads',
        files: () => nodeFiles().map((file) => (file.path.includes('/audit/policy-') ? { ...file, mode: '0644' } : file)),
        found: ['Policy: has mode 0644'],
      },
      {
        what: 'a folder that everybody may change',
        files: () => changed('kubernetes-audit.conf', 'audit 0700 root', 'audit 0777 root'),
        found: ['/var/log/kubernetes/audit: gets mode 0777'],
      },
    ],
  },
  {
    rule: 'node-file-secrets',
    pass: [
      {
        what: 'certificates, digests and paths',
        files: added(
          nodeFile(
            '/etc/ca.crt',
            `-----BEGIN CERTIFICATE-----\n${'MIIBszCCAVmgAwIBAgIUZ1'.repeat(3)}\n-----END CERTIFICATE-----\nsha256:${'a1'.repeat(32)}\n/etc/kubernetes/hardening/authentication/authentication\n`,
          ),
        ),
      },
      {
        what: 'an image and a public key',
        files: added(
          nodeFile(
            '/etc/x',
            `registry.example.com/web:1@sha256:${'0f'.repeat(32)}\nage1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p\n`,
          ),
        ),
      },
      {
        what: 'a kubeconfig that names files',
        files: added(
          nodeFile(
            '/etc/a.conf',
            'apiVersion: v1\nkind: Config\nusers:\n  - { name: a, user: { client-key: /etc/a.key, tokenFile: /etc/token } }\n',
          ),
        ),
      },
    ],
    fail: [
      {
        what: 'a private key',
        files: added(nodeFile('/etc/a.key', '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIA==\n')),
        found: ['line 1: is a private key'],
      },
      {
        what: 'a secret key of age',
        files: added(nodeFile('/etc/age', `\n\nAGE-SECRET-KEY-1${'Q'.repeat(58)}\n`)),
        found: ['line 3: is a secret key of age'],
      },
      {
        what: 'a key for encryption',
        files: added(
          nodeFile('/etc/e.txt', `secret: ${Buffer.from([...Array(32).keys()].map((n) => (n * 89 + 7) % 256)).toString('base64')}\n`),
        ),
        found: ['line 1: is a key in base64'],
      },
      {
        what: 'a bootstrap token',
        files: added(nodeFile('/etc/join.sh', 'kubeadm join --token abcdef.0123456789abcdef api:6443\n')),
        found: ['line 1: is a bootstrap token'],
      },
      {
        what: 'a token in a kubeconfig',
        files: added(nodeFile('/etc/a.conf', 'apiVersion: v1\nkind: Config\nusers:\n  - { name: a, user: { token: hunter2 } }\n')),
        found: ['Config.users[0].user.token: holds a secret'],
      },
      {
        what: 'the token of a cluster of k3s',
        files: k3s([/$/, 'token: hunter2\n']),
        settings: K3S,
        found: ['RancherConfig.token: holds a secret', 'RancherConfig.token: holds a secret'],
      },
      {
        what: 'what cloud-init brings too, once',
        files: () => [
          ...nodeFiles(),
          nodeFile('/etc/a.key', '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIA==\n'),
          nodeFile(
            '/cloud-init.yaml',
            '#cloud-config\nwrite_files:\n  - content: |\n      -----BEGIN EC PRIVATE KEY-----\n      MHcCAQEEIA==\n',
          ),
        ],
        found: ['line 1: is a private key'],
      },
    ],
  },
];
