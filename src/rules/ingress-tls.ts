import type { KubeObject } from '../manifest';
import { celRule } from './cel';
import { objectExample } from './examples';
import { INGRESSES } from './match';

/** Every rule has a host of its own, and TLS for it; no default backend, no wildcard. */
export const ingressTls = celRule({
  id: 'ingress-tls',
  controls: ['NET-06'],
  message: 'serves without TLS, or for any host',
  remedy: 'give every rule a host and TLS for it (HardenedIngress asks for both)',
  match: INGRESSES,
  object: {
    holds:
      "object.spec.?rules.orValue([]).size() > 0 && !has(object.spec.defaultBackend) && object.spec.?rules.orValue([]).all(r, r.?host.orValue('') != '' && !r.?host.orValue('').contains('*') && object.spec.?tls.orValue([]).exists(t, r.?host.orValue('') in t.?hosts.orValue([])))",
    found: "object.spec.?rules.orValue([]).map(r, r.?host.orValue('any host')).join(', ')",
  },
  examples: () => ({
    pass: [
      ingress({
        rules: [{ host: 'a.example.com' }, { host: 'b.example.com' }],
        tls: [{ hosts: ['a.example.com'] }, { hosts: ['b.example.com'] }],
      }),
    ],
    fail: [
      ingress({ rules: [{ host: 'shop.example.com' }] }),
      ingress({ rules: [{ host: '*.example.com' }], tls: [{ hosts: ['*.example.com'] }] }),
      ingress({ rules: [{ host: 'a.example.com' }, { host: 'b.example.com' }], tls: [{ hosts: ['a.example.com'] }] }),
      ingress({ rules: [{}], tls: [{ hosts: [''] }] }),
      ingress({ defaultBackend: BACKEND }),
      ingress({ tls: [{ hosts: ['shop.example.com'] }] }),
      ingress({ defaultBackend: BACKEND, rules: [{ host: 'shop.example.com' }], tls: [{ hosts: ['shop.example.com'] }] }),
    ],
  }),
});

const BACKEND = { service: { name: 'web', port: { number: 80 } } };

function ingress(spec: Record<string, unknown>): KubeObject {
  return objectExample('networking.k8s.io/v1', 'Ingress', { spec });
}
