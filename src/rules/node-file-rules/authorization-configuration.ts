import { authorizationProblems } from '../node-files';
import { inDocument, nodeFileRule } from './node-file-rule';

/** Node and RBAC decide, and a webhook only denies. */
export const authorizationConfiguration = nodeFileRule({
  id: 'authorization-configuration',
  controls: ['AUTH-04'],
  message: 'grants more than roles do, locks the cluster out of itself, or is refused by the API server',
  remedy: 'let `ApiServerAuthorization` write it',
  problems: (view) =>
    view.of('AuthorizationConfiguration').flatMap((document) => inDocument(document, authorizationProblems(document.value))),
});
