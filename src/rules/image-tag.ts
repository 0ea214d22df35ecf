import { celRule } from './cel';
import { containerExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** The tag stays beside the digest, so that people see which version runs. */
export const imageTag = celRule({
  id: 'image-tag',
  controls: ['POD-07'],
  message: 'runs an image whose version nobody can read',
  remedy: 'keep the tag beside the digest: `registry/name:tag@sha256:…`',
  match: WORKLOADS,
  container: {
    holds: "!c.?image.orValue('').contains('@') || c.image.matches(':[A-Za-z0-9_][A-Za-z0-9_.-]*@')",
    found: 'string(c.image)',
  },
  examples: () => ({
    pass: [VALID_POD, containerExample({ image: 'registry.example.com/web:1.4.2' })],
    fail: [
      containerExample({ image: `registry.example.com:5000/web@sha256:${'0'.repeat(64)}` }),
      containerExample({ image: `web@sha256:${'0'.repeat(64)}` }),
    ],
  }),
});
