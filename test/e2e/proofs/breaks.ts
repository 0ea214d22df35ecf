import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import type { MadeFiles } from '../cluster';

/** One thing that is taken away, and the proof that must notice. */
export interface Break {
  readonly name: string;
  /** The suite, and how the title of the proof begins after its controls. */
  readonly suite: string;
  readonly noticedBy: string;
  readonly tamper: (files: MadeFiles) => void;
}

const MANIFESTS = 'etc/kubernetes/manifests';
const HARDENING = 'etc/kubernetes/hardening';

/** Changes a text in the files below a folder whose name begins so. @throws if there is nothing to change */
function edit(folder: string, begins: string, from: string | RegExp, to: string): void {
  const names = fs.readdirSync(folder).filter((name) => name.startsWith(begins) && fs.statSync(path.join(folder, name)).isFile());
  const changed = names.filter((name) => {
    const file = path.join(folder, name);
    const text = fs.readFileSync(file, 'utf8');
    const broken = text.replace(from, to);
    fs.writeFileSync(file, broken);
    return broken !== text;
  });
  if (changed.length === 0) {
    throw new Error(`Nothing to break: there is no ${String(from)} in ${path.join(folder, begins)}*`);
  }
}

/** Another value of a flag. */
function flag(program: string, name: string, value: string): Break['tamper'] {
  return ({ host }) => edit(path.join(host, MANIFESTS), `${program}.yaml`, new RegExp(`- --${name}=.*`), `- --${name}=${value}`);
}

/** etcd asks nobody for a certificate; with an authority that it trusts it asks whatever the flag says. */
function openEtcd(prefix: '' | 'peer-'): Break['tamper'] {
  return (files) => {
    flag('etcd', `${prefix}client-cert-auth`, 'false')(files);
    edit(path.join(files.host, MANIFESTS), 'etcd.yaml', new RegExp(`^.* --${prefix}trusted-ca-file=.*\n`, 'm'), '');
  };
}

/** A change in a file that the API server reads. */
function file(part: string, begins: string, from: string | RegExp, to: string): Break['tamper'] {
  return ({ host }) => edit(path.join(host, HARDENING, part), begins, from, to);
}

/** A change in a manifest. */
function manifest(name: string, from: string | RegExp, to: string): Break['tamper'] {
  return ({ dist }) => edit(path.join(dist, 'manifests', path.dirname(name)), path.basename(name), from, to);
}

/** An object of a file of manifests that is left out. */
function without(name: string, kind: string): Break['tamper'] {
  return ({ dist }) => {
    const target = path.join(dist, 'manifests', name);
    const documents = fs.readFileSync(target, 'utf8').split(/^---$/m);
    fs.writeFileSync(target, documents.filter((document) => !new RegExp(`^kind: ${kind}$`, 'm').test(document)).join('---'));
  };
}

/** A rule that its policy no longer asks. */
function withoutRule(rule: string): Break['tamper'] {
  return ({ dist }) => {
    const file = path.join(dist, 'manifests/0-foundation/baseline-enforcement.yaml');
    const documents = parseAllDocuments(fs.readFileSync(file, 'utf8')).map((document) => document.toJS() as Policy);
    const asked = documents.flatMap(({ spec }) => spec.validations).filter(({ message }) => message.includes(`(rule ${rule},`));
    asked.forEach((validation) => (validation.expression = 'true'));
    fs.writeFileSync(file, documents.map((document) => stringify(document)).join('---\n'));
  };
}

interface Policy {
  readonly spec: { readonly validations: { expression: string; readonly message: string }[] };
}

/** The level of the rule for Secrets, in the audit policy. */
const RULE_OF_SECRETS = /level: Metadata(?=\n {4}resources:\n {6}- group: "?\*?"?\n {8}resources:\n {10}- secrets)/;

export const BREAKS: readonly Break[] = [
  {
    name: 'tls-api-server',
    suite: 'transport',
    noticedBy: 'API server, etcd, controller manager and scheduler refuse TLS 1.2',
    tamper: flag('kube-apiserver', 'tls-min-version', 'VersionTLS12'),
  },
  {
    name: 'tls-etcd',
    suite: 'transport',
    noticedBy: 'API server, etcd, controller manager and scheduler refuse TLS 1.2',
    tamper: flag('etcd', 'tls-min-version', 'TLS1.2'),
  },
  {
    name: 'tls-controller-manager',
    suite: 'transport',
    noticedBy: 'API server, etcd, controller manager and scheduler refuse TLS 1.2',
    tamper: flag('kube-controller-manager', 'tls-min-version', 'VersionTLS12'),
  },
  {
    name: 'tls-scheduler',
    suite: 'transport',
    noticedBy: 'API server, etcd, controller manager and scheduler refuse TLS 1.2',
    tamper: flag('kube-scheduler', 'tls-min-version', 'VersionTLS12'),
  },
  {
    name: 'etcd-clients',
    suite: 'transport',
    noticedBy: 'etcd answers to certificates of its own authority alone',
    tamper: openEtcd(''),
  },
  {
    name: 'etcd-peers',
    suite: 'transport',
    noticedBy: 'etcd answers to certificates of its own authority alone',
    tamper: openEtcd('peer-'),
  },
  {
    name: 'metrics-of-strangers',
    suite: 'transport',
    noticedBy: 'controller manager and scheduler tell nobody',
    tamper: ({ host }) =>
      edit(
        path.join(host, MANIFESTS),
        'kube-scheduler.yaml',
        '- --profiling=false',
        '- --profiling=false\n    - --authorization-always-allow-paths=/healthz,/readyz,/livez,/metrics',
      ),
  },
  {
    name: 'quota',
    suite: 'authorization',
    noticedBy: 'a tenant gets what its quota has',
    tamper: without('1-tenancy/baseline-tenants-data.yaml', 'ResourceQuota'),
  },
  {
    name: 'limits',
    suite: 'authorization',
    noticedBy: 'a tenant gets what its quota has',
    tamper: without('1-tenancy/baseline-tenants-data.yaml', 'LimitRange'),
  },
  {
    name: 'anonymous',
    suite: 'cluster.test',
    noticedBy: 'anonymous requests reach health and nothing else',
    tamper: file('authentication', 'authentication-', '- path: /livez', '- path: /livez\n    - path: /version'),
  },
  {
    name: 'encryption',
    suite: 'cluster.test',
    noticedBy: 'a Secret is unreadable in etcd',
    tamper: file('encryption', 'encryption.yaml', /(- "\*\.\*"\n {4}providers:\n)([^]*?)( {6}- identity: \{\}\n)/, '$1$3$2'),
  },
  {
    name: 'token-life',
    suite: 'authentication',
    noticedBy: '12 tokens of the identity provider are refused',
    tamper: file('authentication', 'authentication-', 'claims.exp - claims.iat <= 3600', 'claims.exp - claims.iat <= 36000'),
  },
  {
    name: 'verified-address',
    suite: 'authentication',
    noticedBy: '12 tokens of the identity provider are refused',
    tamper: file('authentication', 'authentication-', 'claims.?email_verified.orValue(false)', 'claims.?email_verified.orValue(true)'),
  },
  {
    name: 'prefix',
    suite: 'authentication',
    noticedBy: 'whom the identity provider calls system:masters is not',
    tamper: file('authentication', 'authentication-', /prefix: "oidc:"/g, 'prefix: ""'),
  },
  {
    name: 'authorization',
    suite: 'authorization',
    noticedBy: 'nobody but break-glass reads a Secret',
    tamper: flag('kube-apiserver', 'authorization-mode', 'AlwaysAllow'),
  },
  {
    name: 'persona',
    suite: 'authorization',
    noticedBy: 'developer: of ',
    tamper: manifest('1-tenancy/baseline-tenants-shop.yaml', /(name: oidc:)shop-leads/, '$1shop-devs'),
  },
  {
    name: 'stretched-tokens',
    suite: 'authentication',
    noticedBy: 'tokens of pods live as long as was asked for',
    tamper: flag('kube-apiserver', 'service-account-extend-token-expiration', 'true'),
  },
  {
    name: 'automount',
    suite: 'authorization',
    noticedBy: 'a pod that names no service account gets no token',
    tamper: manifest(
      '1-tenancy/baseline-system-namespaces-kube-system.yaml',
      'automountServiceAccountToken: false',
      'automountServiceAccountToken: true',
    ),
  },
  {
    name: 'audit-of-secrets',
    suite: 'audit.test',
    noticedBy: 'of Secrets, ConfigMaps, tokens and token reviews no body',
    tamper: file('audit', 'policy-', RULE_OF_SECRETS, 'level: RequestResponse'),
  },
  {
    name: 'audit-without-secrets',
    suite: 'audit.test',
    noticedBy: 'of Secrets, ConfigMaps, tokens and token reviews no body',
    tamper: file('audit', 'policy-', RULE_OF_SECRETS, 'level: None'),
  },
  {
    name: 'guard-of-namespaces',
    suite: 'guards',
    noticedBy: 'nobody changes what isolates',
    tamper: manifest(
      '3-enforcement/baseline-enforcement.yaml',
      /(policyName: cdk8s-hardened-guard-namespaces\n {2}validationActions:\n {4}- )Deny/,
      '$1Audit',
    ),
  },
  { name: 'rule', suite: 'admission', noticedBy: 'host-path: the API server refuses', tamper: withoutRule('host-path') },
];

/** The break of a name. @throws if there is none of it */
export function breakOf(name: string | undefined): Break | undefined {
  const found = BREAKS.find((candidate) => candidate.name === name);
  if (name !== undefined && found === undefined) {
    throw new Error(`E2E_BREAK is ${name}. There are ${BREAKS.map((candidate) => candidate.name).join(', ')}.`);
  }
  return found;
}
