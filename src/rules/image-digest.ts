import { celRule } from './cel';
import { containerExample, podExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

const SITE = `registry.example.com/site:1@sha256:${'0'.repeat(64)}`;

/** Every image, that of an image volume too, is fixed by digest. */
export const imageDigest = celRule({
  id: 'image-digest',
  controls: ['POD-07'],
  message: 'runs an image that no digest fixes',
  remedy: 'write the image as `registry/name:tag@sha256:…`',
  match: WORKLOADS,
  object: {
    holds: "variables.volumes.all(v, !has(v.image) || string(v.image.?reference.orValue('')).matches('@sha256:[a-f0-9]{64}$'))",
    found: "variables.volumes.filter(v, has(v.image)).map(v, string(v.image.?reference.orValue(''))).join(', ')",
  },
  container: {
    holds: "c.?image.orValue('').matches('@sha256:[a-f0-9]{64}$')",
    found: "string(c.?image.orValue('no image'))",
  },
  examples: () => ({
    pass: [
      VALID_POD,
      podExample({
        volumes: [
          { name: 'tmp', emptyDir: {} },
          { name: 'site', image: { reference: SITE } },
        ],
      }),
    ],
    fail: [
      containerExample({ image: 'registry.example.com/web:1.4.2' }),
      containerExample({ image: 'registry.example.com/web@sha256:abc' }),
      podExample({ volumes: [{ name: 'site', image: { reference: 'registry.example.com/site:1' } }] }),
    ],
  }),
});
