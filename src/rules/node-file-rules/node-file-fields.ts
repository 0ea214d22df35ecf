import { DOCUMENT_KINDS, unknownFieldProblems } from '../node-files';
import { inDocument, nodeFileRule } from './node-file-rule';

/** Kinds whose own rule says what is wrong with their fields. */
const OTHER_RULES: readonly string[] = [
  ...['AdmissionConfiguration', 'AuthenticationConfiguration', 'AuthorizationConfiguration', 'EncryptionConfiguration'],
  ...['KubeletConfiguration', 'KubeProxyConfiguration', 'Policy'],
];

/** The other documents that Kubernetes' programs and kind read have no field, kind or version that those of this minor do not know. */
export const nodeFileFields = nodeFileRule({
  id: 'node-file-fields',
  controls: [...new Set(['UPG-04' as const, ...Object.values(DOCUMENT_KINDS).map(({ control }) => control)])],
  message: 'has a field, or is of a version, that the program which reads it does not know',
  remedy: 'correct its spelling, or write a version that the program reads',
  problems: (view) =>
    view.documents
      .filter(({ kind }) => !OTHER_RULES.includes(kind))
      .flatMap((document) => inDocument(document, unknownFieldProblems(document.value, view.minor))),
});
