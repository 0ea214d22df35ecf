import { kubeProxyProblems } from '../node-files';
import { inDocument, nodeFileRule } from './node-file-rule';

/** kube-proxy opens nothing without TLS, and node ports only where they are meant. */
export const kubeProxyConfiguration = nodeFileRule({
  id: 'kube-proxy-configuration',
  controls: ['NET-06', 'NET-13', 'UPG-01', 'UPG-04'],
  message: 'opens more than is meant, or says something that kube-proxy goes on without',
  remedy: 'let `KubeProxyHardening` write it',
  problems: (view) =>
    view.of('KubeProxyConfiguration').flatMap((document) => inDocument(document, kubeProxyProblems(document.value, view.minor))),
});
