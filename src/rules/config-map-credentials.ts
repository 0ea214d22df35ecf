import { celRule } from './cel';
import { objectExample } from './examples';
import { CONFIG_MAPS } from './match';

/** Private keys and tokens that say themselves what they are: PEM, AWS, GitHub, GitLab, Google, Slack. */
const CREDENTIAL =
  'PRIVATE KEY-----|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|glpat-[A-Za-z0-9_-]{20}|AIza[0-9A-Za-z_-]{35}|xox[abprs]-[0-9A-Za-z-]{10}';

/** No credential in a ConfigMap, which everybody who may look at the namespace reads. */
export const configMapCredentials = celRule({
  id: 'config-map-credentials',
  controls: ['NET-21'],
  message: 'holds a credential',
  remedy: 'move it into a Secret that an operator makes, and mount that as files',
  match: CONFIG_MAPS,
  object: {
    holds: `dyn(object).?data.orValue({}).all(k, !dyn(object).data[k].matches('${CREDENTIAL}'))`,
    found: `dyn(object).?data.orValue({}).filter(k, dyn(object).data[k].matches('${CREDENTIAL}')).join(', ')`,
  },
  examples: () => ({
    pass: [
      objectExample('v1', 'ConfigMap', {}),
      objectExample('v1', 'ConfigMap', { data: { 'token-policy.yaml': 'ttl: 3600', KEYCLOAK_URL: 'https://id.example.com' } }),
    ],
    fail: [
      objectExample('v1', 'ConfigMap', { data: { 'ca.pem': '-----BEGIN PRIVATE KEY-----\nMIIE\n' } }),
      objectExample('v1', 'ConfigMap', { data: { a: 'b', key: `AKIA${'0'.repeat(16)}` } }),
      objectExample('v1', 'ConfigMap', { data: { token: `ghp_${'0'.repeat(36)}` } }),
      objectExample('v1', 'ConfigMap', { data: { token: `glpat-${'0'.repeat(20)}` } }),
      objectExample('v1', 'ConfigMap', { data: { key: `AIza${'0'.repeat(35)}` } }),
      objectExample('v1', 'ConfigMap', { data: { token: `xoxb-${'0'.repeat(10)}` } }),
    ],
  }),
});
