import { celRule } from './cel';
import { annotatedExample, containerExample, podExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** What names the profile of the container `main` in the older form. */
const ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/main';

/**
 * No unconfined AppArmor profile, by field or by the legacy annotation (Pod Security `appArmorProfile`).
 * The API server copies the annotation into the field, so one rule reads both.
 */
export const apparmor = celRule({
  id: 'apparmor',
  controls: ['POD-17'],
  podSecurity: ['appArmorProfile'],
  message: 'turns AppArmor off',
  remedy: 'remove the profile, or use RuntimeDefault or Localhost',
  match: WORKLOADS,
  object: {
    holds:
      "variables.podSpec.?securityContext.?appArmorProfile.?type.orValue('RuntimeDefault') in ['RuntimeDefault', 'Localhost'] && variables.annotations.all(k, !k.startsWith('container.apparmor.security.beta.kubernetes.io/') || variables.annotations[k] in ['', 'runtime/default'] || variables.annotations[k].startsWith('localhost/'))",
  },
  container: {
    holds: "c.?securityContext.?appArmorProfile.?type.orValue('RuntimeDefault') in ['RuntimeDefault', 'Localhost']",
  },
  examples: () => ({
    pass: [
      VALID_POD,
      ...[{ type: 'RuntimeDefault' }, { type: 'Localhost', localhostProfile: 'web' }].flatMap((appArmorProfile) => [
        podExample({ securityContext: { appArmorProfile } }),
        containerExample({ securityContext: { appArmorProfile } }),
      ]),
      ...['', 'runtime/default', 'localhost/web'].map((profile) => annotatedExample({ [ANNOTATION]: profile })),
      annotatedExample({ 'example.com/profile': 'unconfined' }),
    ],
    fail: [
      containerExample({ securityContext: { appArmorProfile: { type: 'Unconfined' } } }),
      podExample({ securityContext: { appArmorProfile: { type: 'Unconfined' } } }),
      annotatedExample({ [ANNOTATION]: 'unconfined' }),
      annotatedExample({ 'example.com/profile': 'none', [ANNOTATION]: 'unconfined' }),
    ],
  }),
});
