import { isTrue, KERNEL_DEFAULTS } from '../node-files';
import type { HostView } from '../host-view';
import { nodeFileRule } from './node-file-rule';
import type { HostProblem } from './node-file-rule';

/** Kubelets that refuse a kernel which is set otherwise find it as they want it, on every host. */
export const kernelDefaults = nodeFileRule({
  id: 'kernel-defaults',
  controls: ['UPG-04'],
  message: 'asks for kernel settings that nothing writes, so that no kubelet starts',
  remedy: 'add `KernelSettings`',
  problems: (view) => {
    const [asking] = view.facts?.setsKernel ? [] : asks(view);
    return asking === undefined
      ? []
      : rolesOf(view).flatMap((role): HostProblem[] => {
          const given = view.sysctlsOf(role);
          const wrong = Object.entries(KERNEL_DEFAULTS).filter(([key, value]) => given.get(key) !== value);
          const found = wrong.map(([key, value]) => `${key} = ${value} (${given.get(key) ?? 'not written'})`);
          return wrong.length === 0
            ? []
            : [
                {
                  ...asking,
                  message: `is on, and hosts of the role ${role} lack ${found.join(', ')}: their kubelets do not start`,
                  control: 'UPG-04',
                  remedy: 'write each exactly so into a file of /etc/sysctl.d (KernelSettings)',
                },
              ];
        });
  },
});

function asks(view: HostView): Pick<HostProblem, 'file' | 'field'>[] {
  return [
    ...view
      .of('KubeletConfiguration')
      .filter(({ value }) => value['protectKernelDefaults'] === true)
      .map(({ file }) => ({ file, field: 'KubeletConfiguration.protectKernelDefaults' })),
    ...view.flagSources
      .filter(
        ({ program, flags }) =>
          program === 'kubelet' && flags.some(({ name, value }) => name === 'protect-kernel-defaults' && isTrue(value)),
      )
      .map(({ file }) => ({ file, field: 'kubelet --protect-kernel-defaults' })),
  ];
}

/** Roles of the hosts that run kubelets; who makes the cluster (`operator`) is none of them. */
function rolesOf({ files }: HostView): string[] {
  return [...new Set(files.map(({ role }) => role))].filter((role) => role !== 'operator');
}
