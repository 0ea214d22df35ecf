import { auditPolicyProblems } from '../node-files';
import { inDocument, nodeFileRule } from './node-file-rule';

/** The audit policy is one that the API server takes, and records what the guide asks for. */
export const auditPolicy = nodeFileRule({
  id: 'audit-policy',
  controls: ['LOG-01', 'LOG-03', 'LOG-11', 'LOG-18'],
  message: 'records too little, or bodies that hold credentials, or is refused by the API server',
  remedy: 'take the policy of `AuditLogging`, or correct the rule',
  problems: (view) =>
    view
      .of('Policy')
      .filter(({ apiVersion }) => apiVersion.startsWith('audit.k8s.io/'))
      .flatMap((document) => inDocument(document, auditPolicyProblems(document.value, view.minor))),
});
