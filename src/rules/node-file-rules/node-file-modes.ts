import type { NodeFile } from '../../manifest';
import type { HostView } from '../host-view';
import { nodeFileRule } from './node-file-rule';
import type { HostProblem } from './node-file-rule';

/** Who else than the owner may write, and what makes a program run as another user. */
const WRITABLE_BY_OTHERS = 0o022;
const SET_ID = 0o7000;
/** All that a file may have that only the API server or the kubelet reads. */
const PRIVATE = 0o600;

/** Kinds that say how the cluster is guarded, or how to get into it: kept from other users of the host (CIS 1.1, 4.1). */
const PRIVATE_KINDS = [
  ...['AdmissionConfiguration', 'AuthenticationConfiguration', 'AuthorizationConfiguration', 'EncryptionConfiguration', 'Policy'],
  ...['ClusterConfiguration', 'InitConfiguration', 'JoinConfiguration', 'KubeletConfiguration', 'Pod', 'Config'],
] as const;

/** Files and folders of hosts belong to root, and nobody else writes them; what says how the cluster is guarded, nobody else reads. */
export const nodeFileModes = nodeFileRule({
  id: 'node-file-modes',
  controls: ['NET-18', 'UPG-04'],
  message: 'can be changed, or read, by other users of the host',
  remedy: 'give configuration mode 0600, scripts 0700, and the owner root:root',
  problems: (view) => [
    ...view.files.filter(({ role }) => role !== 'operator').flatMap(fileProblems),
    ...privateProblems(view),
    ...folderProblems(view),
  ],
});

function fileProblems(file: NodeFile): HostProblem[] {
  const bits = bitsOf(file.mode);
  const problem = (message: string, remedy: string): HostProblem => ({ file, field: '', message, control: 'UPG-04', remedy });
  return [
    ...(bits === undefined
      ? [problem(`has the mode ${JSON.stringify(file.mode)}, which is none`, 'write four octal digits, such as 0600')]
      : []),
    ...(bits !== undefined && (bits & WRITABLE_BY_OTHERS) !== 0
      ? [problem(`has mode ${file.mode}: others than its owner may change it`, 'write 0600, or 0700 for a script')]
      : []),
    ...(bits !== undefined && (bits & SET_ID) !== 0
      ? [problem(`has mode ${file.mode}: whoever runs it is another user`, 'write 0700 for a script')]
      : []),
    ...(/^(root|0):/.test(file.owner) ? [] : [problem(`belongs to ${file.owner}, who may change it`, 'write root:root')]),
  ];
}

/** kind and Talos take their configuration on the operator's machine; there, modes are the operator's matter. */
function privateProblems(view: HostView): HostProblem[] {
  const documents = PRIVATE_KINDS.flatMap((kind) => view.of(kind)).filter(({ file }) => file.role !== 'operator');
  return [...new Map(documents.map((document) => [document.file, document])).values()].flatMap(({ file, kind }): HostProblem[] => {
    const bits = bitsOf(file.mode) ?? 0;
    return (bits & ~PRIVATE) === 0
      ? []
      : [
          {
            file,
            field: kind,
            message: `has mode ${file.mode}: other users of the host read how the cluster is guarded`,
            control: kind === 'Config' ? 'NET-18' : 'UPG-04',
            remedy: 'write 0600',
          },
        ];
  });
}

/** Folders that systemd-tmpfiles makes. */
function folderProblems(view: HostView): HostProblem[] {
  return view.tmpfiles
    .filter(({ mode }) => ((bitsOf(mode) ?? 0) & WRITABLE_BY_OTHERS) !== 0)
    .map(({ file, path, mode }) => ({
      file,
      field: path,
      message: `gets mode ${mode}: others than its owner may change what is in it`,
      control: 'UPG-04',
      remedy: 'write 0700, or 0755',
    }));
}

function bitsOf(mode: string): number | undefined {
  return /^[0-7]{3,4}$/.test(mode) ? parseInt(mode, 8) : undefined;
}
