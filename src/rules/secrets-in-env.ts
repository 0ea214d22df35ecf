import { celRule } from './cel';
import { containerExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** Credentials come as files: no Secret in the environment, and no literal under a name that only a credential has. */
export const secretsInEnv = celRule({
  id: 'secrets-in-env',
  controls: ['NET-21'],
  message: 'has a credential in its environment',
  remedy: 'mount the Secret as files: `secretFiles: [SecretFile.of(name, path)]`; most images read NAME_FILE',
  match: WORKLOADS,
  container: {
    holds:
      "c.?env.orValue([]).all(e, !e.?valueFrom.?secretKeyRef.hasValue() && !(e.name.matches('(PASSWORD|PASSWD|SECRET|TOKEN|PRIVATE_KEY|ACCESS_KEY|API_KEY|CREDENTIAL|CREDENTIALS)$') && e.?value.orValue('') != '')) && c.?envFrom.orValue([]).all(f, !has(f.secretRef))",
    found:
      "c.?env.orValue([]).filter(e, !(!e.?valueFrom.?secretKeyRef.hasValue() && !(e.name.matches('(PASSWORD|PASSWD|SECRET|TOKEN|PRIVATE_KEY|ACCESS_KEY|API_KEY|CREDENTIAL|CREDENTIALS)$') && e.?value.orValue('') != ''))).map(e, string(e.name)).join(', ')",
  },
  examples: () => ({
    pass: [
      VALID_POD,
      containerExample({
        env: [
          { name: 'DB_PASSWORD_FILE', value: '/etc/db/password' },
          { name: 'TOKEN_TTL', value: '3600' },
          { name: 'DB_PASSWORD', value: '' },
        ],
      }),
    ],
    fail: [
      containerExample({ env: [{ name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }] }),
      containerExample({ env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] }),
      containerExample({ envFrom: [{ secretRef: { name: 'db' } }] }),
    ],
  }),
});
