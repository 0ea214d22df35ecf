import { celRule } from './cel';
import { podExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** No `hostPath` volume (Pod Security `hostPathVolumes`). */
export const hostPath = celRule({
  id: 'host-path',
  controls: ['POD-12'],
  podSecurity: ['hostPathVolumes', 'restrictedVolumes'],
  message: 'mounts a path of the host',
  remedy: 'use a persistentVolumeClaim, or configMap and secret volumes; a node agent needs a waiver that says why',
  match: WORKLOADS,
  object: {
    holds: 'variables.volumes.all(v, !has(v.hostPath))',
    found: "variables.volumes.filter(v, has(v.hostPath)).map(v, v.name + ': ' + string(v.hostPath.path)).join(', ')",
  },
  examples: () => ({
    pass: [VALID_POD, podExample({ volumes: [{ name: 'tmp', emptyDir: {} }] })],
    fail: [
      podExample({ volumes: [{ name: 'logs', hostPath: { path: '/var/log' } }] }),
      podExample({
        volumes: [
          { name: 'tmp', emptyDir: {} },
          { name: 'socket', hostPath: { path: '/run/containerd/containerd.sock' } },
        ],
      }),
    ],
  }),
});
