import * as path from 'node:path';
import { groupBy } from '../../manifest';
import { staticPolicyProblems } from '../node-files';
import type { HostDocument, HostView } from '../host-view';
import { nodeFileRule } from './node-file-rule';
import type { HostProblem } from './node-file-rule';

const KINDS = ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'] as const;

/** Policies that the API server reads from files have names that it takes, and bindings. */
export const staticPolicies = nodeFileRule({
  id: 'static-policies',
  controls: ['AUTH-11'],
  message: 'is a policy that the API server refuses, or that does nothing',
  remedy: 'let `ApiServerAdmission` write it',
  problems: (view) =>
    [...groupBy(policiesOf(view), ({ file }) => `${file.role}:${path.posix.dirname(file.path)}`).values()].flatMap(inFolder),
});

function policiesOf(view: HostView): HostDocument[] {
  return KINDS.flatMap((kind) => view.of(kind)).filter(({ file }) => file.role !== 'operator');
}

/** Each problem begins with the number of its document in the folder. */
function inFolder(documents: readonly HostDocument[]): HostProblem[] {
  return staticPolicyProblems(documents.map(({ value }) => value)).flatMap(({ field, ...problem }) => {
    const [, index = '', rest = ''] = /^\[(\d+)\]\.?(.*)$/.exec(field) ?? [];
    const document = documents[Number(index)];
    return document ? [{ ...problem, file: document.file, field: rest === '' ? document.kind : `${document.kind}.${rest}` }] : [];
  });
}
