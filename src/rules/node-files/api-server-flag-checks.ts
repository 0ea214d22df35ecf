import { isHttps, isOff, never } from './flag-check';
import type { FlagCheck } from './flag-check';
import { isTrue, itemsOf } from './program-flags';

/** Admission plugins on by default (or, NodeRestriction, by every distribution) that guard something. */
const GUARDING_PLUGINS = [
  ...['CertificateApproval', 'CertificateSigning', 'CertificateSubjectRestriction', 'LimitRanger', 'MutatingAdmissionWebhook'],
  ...['NamespaceLifecycle', 'NodeRestriction', 'PodSecurity', 'ResourceQuota', 'ServiceAccount', 'ValidatingAdmissionPolicy'],
  'ValidatingAdmissionWebhook',
];

/** What the flags of kube-apiserver must say. Numbers are those of kube-bench cis-1.12. */
export const API_SERVER_FLAG_CHECKS: readonly FlagCheck[] = [
  {
    programs: ['kube-apiserver'],
    flag: 'anonymous-auth', // 1.2.1
    safe: isOff,
    risk: 'who gives no name is let in as system:anonymous on every path',
    control: 'AUTH-02',
    remedy: 'remove it, and limit `anonymous` to the health paths in the authentication file',
  },
  {
    programs: ['kube-apiserver'],
    flag: 'token-auth-file', // 1.2.2
    safe: never,
    risk: 'tokens in a file never end, and are read by whoever reads the file',
    control: 'AUTH-01',
    remedy: 'remove it; give people OIDC, and machines service accounts',
  },
  {
    programs: ['kube-apiserver'],
    flag: 'authorization-mode', // 1.2.6–1.2.8
    safe: (value) => !itemsOf(value).includes('AlwaysAllow') && ['Node', 'RBAC'].every((mode) => itemsOf(value).includes(mode)),
    risk: 'without Node and RBAC, or with AlwaysAllow, more is allowed than any role says',
    control: 'AUTH-04',
    remedy: 'set Node,RBAC',
  },
  {
    programs: ['kube-apiserver'],
    flag: 'enable-admission-plugins', // 1.2.14: the list replaces that of the distribution
    safe: (value) => itemsOf(value).includes('NodeRestriction'),
    risk: "the list takes the place of the distribution's own, and without NodeRestriction a node may change every other node",
    control: 'NET-19',
    remedy: 'add NodeRestriction',
  },
  {
    programs: ['kube-apiserver'],
    flag: 'enable-admission-plugins', // 1.2.10
    safe: (value) => !itemsOf(value).includes('AlwaysAdmit'),
    risk: 'AlwaysAdmit admits everything',
    control: 'POD-08',
    remedy: 'remove it',
  },
  {
    programs: ['kube-apiserver'],
    flag: 'disable-admission-plugins', // 1.2.12, 1.2.13
    safe: (value) => !itemsOf(value).some((plugin) => GUARDING_PLUGINS.includes(plugin)),
    risk: 'a guard that is on by itself is switched off',
    control: 'POD-08',
    remedy: 'remove it',
  },
  {
    programs: ['kube-apiserver'],
    flag: 'service-account-lookup', // 1.2.21
    safe: isTrue,
    risk: 'a token works on after its service account was deleted',
    control: 'POD-20',
    remedy: 'set true',
  },
  {
    programs: ['kube-apiserver'],
    flag: 'service-account-extend-token-expiration', // 1.2.30
    safe: isOff,
    required: true,
    risk: 'the tokens of pods are valid for a year, whatever the pod asked for',
    control: 'POD-20',
    remedy: 'set false',
  },
  {
    programs: ['kube-apiserver'],
    flag: 'kubelet-certificate-authority', // 1.2.5
    safe: (value) => value.startsWith('/'),
    required: true,
    risk: 'the API server does not check which kubelet it talks to, and gives its own credentials to whoever answers',
    control: 'NET-14',
    remedy: "name the cluster's certificate authority, and let kubelets get their certificate from it (serverTLSBootstrap)",
  },
  {
    programs: ['kube-apiserver'],
    flag: 'request-timeout', // 1.2.20
    safe: (value) => !/^0[a-z]*$/.test(value),
    risk: 'a request that never ends holds its place for ever',
    control: 'UPG-04',
    remedy: 'remove it, or set 60s to 300s',
  },
  {
    programs: ['kube-apiserver'],
    flag: 'etcd-servers', // 1.2.26
    safe: isHttps,
    risk: 'what is stored, Secrets too, crosses the network in the clear',
    control: 'NET-17',
    remedy: 'use https://',
  },
];
