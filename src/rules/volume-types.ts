import { celRule } from './cel';
import { podExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

const CLAIM = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };

/**
 * Only volume types without a way to host or storage network (Pod Security `restrictedVolumes`). `hostPath` has a rule of its own.
 * A volume with a name alone is an `emptyDir` for the API server.
 */
export const volumeTypes = celRule({
  id: 'volume-types',
  controls: ['POD-15'],
  podSecurity: ['restrictedVolumes'],
  message: 'mounts a volume of a type that is not allowed',
  remedy: 'use configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected or secret',
  match: WORKLOADS,
  object: {
    holds:
      'variables.volumes.all(v, size(v) == 1 || has(v.configMap) || has(v.csi) || has(v.downwardAPI) || has(v.emptyDir) || has(v.ephemeral) || has(v.image) || has(v.persistentVolumeClaim) || has(v.projected) || has(v.secret) || has(v.hostPath))',
    found:
      "variables.volumes.filter(v, !(size(v) == 1 || has(v.configMap) || has(v.csi) || has(v.downwardAPI) || has(v.emptyDir) || has(v.ephemeral) || has(v.image) || has(v.persistentVolumeClaim) || has(v.projected) || has(v.secret) || has(v.hostPath))).map(v, string(v.name)).join(', ')",
  },
  examples: () => ({
    pass: [
      VALID_POD,
      podExample({
        volumes: [
          { name: 'data' },
          { name: 'tmp', emptyDir: {} },
          { name: 'config', configMap: { name: 'config' } },
          { name: 'inline', csi: { driver: 'secrets-store.csi.k8s.io' } },
          { name: 'pod', downwardAPI: { items: [{ path: 'name', fieldRef: { fieldPath: 'metadata.name' } }] } },
          { name: 'scratch', ephemeral: { volumeClaimTemplate: { spec: CLAIM } } },
          { name: 'site', image: { reference: `registry.example.com/site:1@sha256:${'0'.repeat(64)}` } },
          { name: 'claim', persistentVolumeClaim: { claimName: 'claim' } },
          { name: 'all', projected: { sources: [{ configMap: { name: 'config' } }] } },
          { name: 'secret', secret: { secretName: 'db' } },
          { name: 'host', hostPath: { path: '/var/log' } },
        ],
      }),
    ],
    fail: [
      podExample({ volumes: [{ name: 'data', nfs: { server: 'nfs.example.com', path: '/' } }] }),
      podExample({
        volumes: [
          { name: 'tmp', emptyDir: {} },
          { name: 'data', iscsi: { targetPortal: '192.0.2.1:3260', iqn: 'iqn.2001-04.com.example:storage', lun: 0 } },
        ],
      }),
    ],
  }),
});
