import { isRecord } from '../../manifest';
import type { NodeFile } from '../../manifest';
import type { HostView } from '../host-view';
import { nodeFileRule } from './node-file-rule';
import type { HostProblem } from './node-file-rule';

/** Two ways to say one thing, of which the API server takes one only. */
interface Exclusion {
  /** Flag that names a file. */
  readonly file: string;
  readonly control: 'AUTH-01' | 'AUTH-02' | 'AUTH-04';
  /** Whether a flag says what the file says. */
  readonly excludes: (flag: string, view: HostView) => boolean;
}

/** @see https://github.com/kubernetes/kubernetes/blob/release-1.37/pkg/kubeapiserver/options (authentication.go and authorization.go, Validate) */
const EXCLUSIONS: readonly Exclusion[] = [
  { file: 'authentication-config', control: 'AUTH-01', excludes: (flag) => flag.startsWith('oidc-') },
  {
    file: 'authentication-config',
    control: 'AUTH-02',
    excludes: (flag, view) =>
      flag === 'anonymous-auth' && view.of('AuthenticationConfiguration').some(({ value }) => isRecord(value['anonymous'])),
  },
  {
    file: 'authorization-config',
    control: 'AUTH-04',
    excludes: (flag) => flag === 'authorization-mode' || flag.startsWith('authorization-webhook-'),
  },
];

/** A configuration file of the API server and a flag that says the same are not given together: it does not start with both. */
export const apiServerFlagConflicts = nodeFileRule({
  id: 'api-server-flag-conflicts',
  controls: ['AUTH-01', 'AUTH-02', 'AUTH-04'],
  message: 'gives a flag beside the file that takes its place, so that the API server does not start',
  remedy: 'remove the flag; the file says it',
  problems: (view) => {
    const flags = view.flagsOf('kube-apiserver');
    const given = (flag: string): NodeFile | undefined => flags.get(flag)?.file;
    return EXCLUSIONS.filter(({ file }) => flags.has(file)).flatMap(({ file: fileFlag, control, excludes }) =>
      [...flags.values()].flatMap(({ name, file = given(fileFlag) }): HostProblem[] =>
        file !== undefined && excludes(name, view)
          ? [
              {
                file,
                field: `kube-apiserver --${name}`,
                message: `is given beside --${fileFlag}: the API server does not start with both`,
                control,
                remedy: 'remove it; the file says it',
              },
            ]
          : [],
      ),
    );
  },
});
