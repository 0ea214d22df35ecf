import { celRule } from './cel';
import { containerExample, podExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** Images come from the registries that the settings name; where they name none, from any. */
export const imageRegistry = celRule({
  id: 'image-registry',
  controls: ['POD-07'],
  message: 'runs an image from a registry that is not allowed',
  remedy: 'take the image from a registry in `images.registries` of the blueprint, or add the registry there',
  match: WORKLOADS,
  object: {
    holds:
      "variables.registries.size() == 0 || variables.volumes.all(v, !has(v.image) || variables.registries.exists(r, string(v.image.?reference.orValue('')).startsWith(r)))",
  },
  container: {
    holds: "variables.registries.size() == 0 || variables.registries.exists(r, c.?image.orValue('').startsWith(r))",
    found: "string(c.?image.orValue('no image'))",
  },
  examples: () => ({
    pass: [
      VALID_POD,
      podExample({
        volumes: [
          { name: 'tmp', emptyDir: {} },
          { name: 'site', image: { reference: 'registry.example.com/site:1' } },
        ],
      }),
    ],
    fail: [
      containerExample({ image: `evil.example.org/web:1@sha256:${'0'.repeat(64)}` }),
      containerExample({ image: `registry.example.com.evil.example.org/web:1@sha256:${'0'.repeat(64)}` }),
      podExample({ volumes: [{ name: 'site', image: { reference: 'evil.example.org/site:1' } }] }),
    ],
  }),
});
