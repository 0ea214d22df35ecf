import { celRule } from './cel';
import { containerExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** Probes and lifecycle hooks name no host (Pod Security `hostProbesAndHostLifecycle`, since 1.34). */
export const probeHost = celRule({
  id: 'probe-host',
  controls: ['POD-22'],
  podSecurity: ['hostProbesAndHostLifecycle'],
  message: 'lets a probe or hook reach another host',
  remedy: 'remove `host` from the probe or hook: it then goes to the pod itself',
  match: WORKLOADS,
  container: {
    holds:
      "[c.?livenessProbe, c.?readinessProbe, c.?startupProbe, c.?lifecycle.?postStart, c.?lifecycle.?preStop].all(h, h.?httpGet.?host.orValue('') == '' && h.?tcpSocket.?host.orValue('') == '')",
  },
  examples: () => ({
    pass: [VALID_POD],
    fail: [
      ...['livenessProbe', 'readinessProbe', 'startupProbe'].map((probe) =>
        containerExample({ [probe]: { httpGet: { path: '/', port: 8080, host: '192.0.2.1' } } }),
      ),
      ...['postStart', 'preStop'].map((hook) =>
        containerExample({ lifecycle: { [hook]: { httpGet: { port: 8080, host: '192.0.2.1' } } } }),
      ),
      containerExample({ livenessProbe: { httpGet: undefined, tcpSocket: { port: 8080, host: '192.0.2.1' } } }),
    ],
  }),
});
