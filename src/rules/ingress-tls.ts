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
      objectExample('networking.k8s.io/v1', 'Ingress', {
        spec: { rules: [{ host: 'shop.example.com' }], tls: [{ hosts: ['shop.example.com'], secretName: 'shop' }] },
      }),
    ],
    fail: [
      objectExample('networking.k8s.io/v1', 'Ingress', { spec: { rules: [{ host: 'shop.example.com' }] } }),
      objectExample('networking.k8s.io/v1', 'Ingress', {
        spec: { rules: [{ host: '*.example.com' }], tls: [{ hosts: ['*.example.com'] }] },
      }),
      objectExample('networking.k8s.io/v1', 'Ingress', { spec: { defaultBackend: { service: { name: 'web' } } } }),
    ],
  }),
});
