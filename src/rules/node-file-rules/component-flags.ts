import { flagProblems, PROGRAMS } from '../node-files';
import type { NodeFileProblem, Program } from '../node-files';
import type { HostView } from '../host-view';
import { nodeFileRule } from './node-file-rule';
import type { HostProblem } from './node-file-rule';

/** Programs whose settings are in a configuration file, and whose flags only add to it, node by node. */
const CONFIGURED_BY_FILE: readonly Program[] = ['kubelet', 'kube-proxy'];

/** The programs of the cluster start, and with safe flags. What the distribution gives by itself counts. */
export const componentFlags = nodeFileRule({
  id: 'component-flags',
  controls: [
    ...(['AUTH-01', 'AUTH-02', 'AUTH-03', 'AUTH-04', 'AUTH-05', 'NET-13', 'NET-14', 'NET-16', 'NET-17', 'NET-19', 'NET-20'] as const),
    ...(['POD-08', 'POD-20', 'UPG-01', 'UPG-03', 'UPG-04'] as const),
  ],
  message: 'starts a program with a flag that is unsafe, or that it does not know',
  remedy: 'let `ControlPlaneFlags`, `EtcdHardening` and `TlsFloor` set it',
  problems: (view) =>
    PROGRAMS.flatMap((program) => (CONFIGURED_BY_FILE.includes(program) ? eachSource(view, program) : together(view, program))),
});

/** The flags of a program of the control plane, from all that sets them. */
function together(view: HostView, program: Program): HostProblem[] {
  const flags = view.flagsOf(program);
  const [first] = view.flagSources.filter((source) => source.program === program);
  return first === undefined
    ? []
    : flagProblems(program, [...flags.values()], view.minor)
        .filter(({ field }) => flags.has(field.slice('--'.length)) || !view.facts?.flagsWithout?.includes(field.slice('--'.length)))
        .map((problem) => {
          const file = flags.get(problem.field.replace(/^--/, '').split('.', 1)[0] ?? '')?.file ?? first.file;
          return { ...problem, ...at(program, problem), file };
        });
}

function eachSource(view: HostView, program: Program): HostProblem[] {
  return view.flagSources
    .filter((source) => source.program === program)
    .flatMap(({ file, flags }) =>
      flagProblems(program, flags, view.minor, false).map((problem) => ({ ...problem, ...at(program, problem), file })),
    );
}

function at(program: Program, { field }: NodeFileProblem): { readonly field: string } {
  return { field: `${program} ${field}` };
}
