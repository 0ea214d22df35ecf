import { encryptionProblems } from '../node-files';
import { inDocument, nodeFileRule } from './node-file-rule';

/** What the API server stores is encrypted, with a provider that is strong, and no key is in a file of ours. */
export const encryptionConfiguration = nodeFileRule({
  id: 'encryption-configuration',
  controls: ['NET-22', 'NET-23'],
  message: 'leaves what is stored in the clear, holds a key, or is refused by the API server',
  remedy: 'let `EncryptionAtRest` write it, and make the key on the node',
  problems: (view) => view.of('EncryptionConfiguration').flatMap((document) => inDocument(document, encryptionProblems(document.value))),
});
