import { celRule } from './cel';
import { containerExample, podExample, VALID_POD } from './examples';
import { WORKLOADS } from './match';

/** Confined SELinux types only, no user, no role (Pod Security `seLinuxOptions`). */
export const selinux = celRule({
  id: 'selinux',
  controls: ['POD-18'],
  podSecurity: ['seLinuxOptions'],
  message: 'chooses an SELinux label that is not confined',
  remedy: 'remove `seLinuxOptions`, or use type container_t without user and role',
  match: WORKLOADS,
  object: {
    holds:
      "variables.podSpec.?securityContext.?seLinuxOptions.?type.orValue('') in ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'] && variables.podSpec.?securityContext.?seLinuxOptions.?user.orValue('') == '' && variables.podSpec.?securityContext.?seLinuxOptions.?role.orValue('') == ''",
  },
  container: {
    holds:
      "c.?securityContext.?seLinuxOptions.?type.orValue('') in ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'] && c.?securityContext.?seLinuxOptions.?user.orValue('') == '' && c.?securityContext.?seLinuxOptions.?role.orValue('') == ''",
  },
  examples: () => ({
    pass: [
      VALID_POD,
      ...['container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'].flatMap((type) => [
        containerExample({ securityContext: { seLinuxOptions: { type } } }),
        podExample({ securityContext: { seLinuxOptions: { type } } }),
      ]),
    ],
    fail: [{ type: 'spc_t' }, { user: 'system_u' }, { role: 'system_r' }].flatMap((seLinuxOptions) => [
      containerExample({ securityContext: { seLinuxOptions } }),
      podExample({ securityContext: { seLinuxOptions } }),
    ]),
  }),
});
