import type { KubeObject } from '../../../src/manifest';
import { inShop, shop, WEB } from '../../support/shop';
import type { RuleCases } from './rule-cases';

const KEY = Buffer.from([...Array(32).keys()].map((n) => (n * 89 + 7) % 256)).toString('base64');
const CERTIFICATE = Buffer.from(`-----BEGIN CERTIFICATE-----\n${'MIIBszCCAVmgAwIBAgIUZ1'.repeat(9)}\n`).toString('base64');

const annotated = (value: string): KubeObject => ({ ...WEB, metadata: { ...WEB.metadata, annotations: { note: value } } });
const configMap = (data: Record<string, string>): KubeObject => inShop('v1', 'ConfigMap', 'config', { data });

export const SECRET_CASES: readonly RuleCases[] = [
  {
    rule: 'secret-in-manifest',
    pass: [
      {
        what: 'a certificate, a digest, an image',
        objects: shop(annotated(CERTIFICATE), configMap({ digest: `sha256:${'a1'.repeat(32)}` })),
      },
      {
        what: 'a hash in base64, and a long path',
        objects: shop(annotated(`sha256-${KEY}`), configMap({ path: '/var/lib/kubelet/plugins/kubernetes/csi/pv/globalmount' })),
      },
      {
        what: 'what other rules find',
        objects: shop(configMap({ key: '-----BEGIN PRIVATE KEY-----' }), inShop('v1', 'Secret', 'db', { data: { key: KEY } })),
      },
    ],
    fail: [
      { what: 'a key', objects: shop(annotated(KEY)), found: ['Deployment shop/web: a key in base64 in metadata.annotations.note'] },
      {
        what: 'a private key in base64',
        objects: shop(annotated(Buffer.from('-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n').toString('base64'))),
        found: ['Deployment shop/web: a key in base64 in metadata.annotations.note'],
      },
      {
        what: 'a signed token',
        objects: shop(configMap({ 'a.yaml': 'token: eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzeXN0ZW0ifQ.c2lnbmF0dXJlLW9mLXRva2Vu' })),
        found: ['ConfigMap shop/config: a signed token in data.a.yaml'],
      },
      {
        what: 'a secret key of age',
        objects: shop(configMap({ key: `AGE-SECRET-KEY-1${'Q'.repeat(58)}` })),
        found: ['ConfigMap shop/config: a secret key of age in data.key'],
      },
    ],
  },
];
