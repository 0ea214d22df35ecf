import { celRule } from './cel';
import { annotatedExample, containerExample, inController, VALID_POD } from './examples';
import { LONG_RUNNING } from './match';

/** What keeps running has liveness and readiness probes, or a reason on record. */
export const probes = celRule({
  id: 'probes',
  controls: ['LOG-12'],
  message: 'says nothing of its health',
  remedy: 'give the container `probes` (Probes.http, .tcp, .grpc, .exec), or say why not: Probes.none(reason)',
  match: LONG_RUNNING,
  container: {
    of: 'appContainers',
    holds:
      "(has(c.livenessProbe) && has(c.readinessProbe)) || variables.annotations[?'cdk8s-hardened/no-probes.' + string(c.name)].orValue('') != ''",
  },
  examples: () => ({
    pass: [
      inController(VALID_POD, 'Deployment'),
      inController(
        annotatedExample(
          { 'cdk8s-hardened/no-probes.main': 'exits by itself' },
          { containers: [{ ...VALID_POD['spec'].containers[0], livenessProbe: undefined }] },
        ),
        'DaemonSet',
      ),
    ],
    fail: [
      inController(containerExample({ livenessProbe: undefined }), 'Deployment'),
      inController(containerExample({ readinessProbe: undefined }), 'StatefulSet'),
    ],
  }),
});
