import { celRule } from './cel';
import { containerExample, podExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** No Windows HostProcess container (Pod Security `windowsHostProcess`). */
export const windowsHostProcess = celRule({
  id: 'windows-host-process',
  controls: ['POD-22'],
  podSecurity: ['windowsHostProcess'],
  message: 'is a Windows HostProcess',
  remedy: 'remove `windowsOptions.hostProcess`',
  match: WORKLOADS,
  object: {
    holds: '!variables.podSpec.?securityContext.?windowsOptions.?hostProcess.orValue(false)',
  },
  container: {
    holds: '!c.?securityContext.?windowsOptions.?hostProcess.orValue(false)',
  },
  examples: () => ({
    pass: [VALID_POD],
    fail: [
      podExample({ securityContext: { windowsOptions: { hostProcess: true } } }),
      containerExample({ securityContext: { windowsOptions: { hostProcess: true } } }),
    ],
  }),
});
