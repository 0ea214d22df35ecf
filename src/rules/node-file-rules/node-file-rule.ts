import type { ControlId } from '../../controls';
import type { NodeFile } from '../../manifest';
import { HostView } from '../host-view';
import type { HostDocument } from '../host-view';
import type { NodeFileProblem } from '../node-files';
import type { Rule, RuleInput } from '../rule';

/** What is wrong in a node file. */
export interface HostProblem extends NodeFileProblem {
  readonly file: NodeFile;
}

/** What `nodeFileRule` is told. */
export interface NodeFileRuleProps {
  readonly id: string;
  /** Every control that a problem may be of, the main one first. */
  readonly controls: readonly ControlId[];
  readonly message: string;
  readonly remedy: string;
  /** Every problem in what the hosts will run with. Pure; never throws. */
  readonly problems: (view: HostView, input: RuleInput) => readonly HostProblem[];
}

/** Makes a rule about files for hosts. Each problem is a finding of its own control. */
export function nodeFileRule({ id, controls, message, remedy, problems }: NodeFileRuleProps): Rule {
  return {
    id,
    controls,
    message,
    remedy,
    scope: 'node-files',
    check: (input) =>
      input.artifacts.nodeFiles.length === 0
        ? []
        : problems(HostView.of(input.artifacts, input.settings), input).map((problem) => ({
            rule: id,
            controls: [problem.control],
            target: { nodeFile: problem.file, ...(problem.field === '' ? {} : { field: problem.field }) },
            message: problem.message,
            remedy: problem.remedy,
            origin: {},
          })),
  };
}

/** Problems of a document, their fields named from its kind on: a file may hold several. */
export function inDocument({ file, kind }: HostDocument, problems: readonly NodeFileProblem[]): HostProblem[] {
  return problems.map(({ field, ...problem }) => ({ ...problem, field: field === '' || field === kind ? kind : `${kind}.${field}`, file }));
}
