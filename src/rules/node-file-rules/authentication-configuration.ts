import { authenticationProblems } from '../node-files';
import type { HostView } from '../host-view';
import { inDocument, nodeFileRule } from './node-file-rule';
import type { HostProblem } from './node-file-rule';

/** Who gets in is known, and anonymous requests reach health paths only. */
export const authenticationConfiguration = nodeFileRule({
  id: 'authentication-configuration',
  controls: ['AUTH-01', 'AUTH-02'],
  message: 'lets in who should not get in, or is refused by the API server',
  remedy: 'let `ApiServerAuthentication` write it',
  problems: (view) => [...inFiles(view), ...unlimited(view)],
});

function inFiles(view: HostView): HostProblem[] {
  const flags = view.flagsOf('kube-apiserver');
  // Talos up to 1.13 gives the flag that switches them off also beside the file.
  const off = flags.has('authentication-config') && flags.get('anonymous-auth')?.value === 'false';
  return view
    .of('AuthenticationConfiguration')
    .flatMap((document) =>
      inDocument(document, authenticationProblems(document.value)).filter(
        ({ field }) => !(off && field === 'AuthenticationConfiguration.anonymous' && document.value['anonymous'] === undefined),
      ),
    );
}

/** Without a file and without the flag, the API server takes them on every path. */
function unlimited(view: HostView): HostProblem[] {
  const source = view.flagSources.find(({ program }) => program === 'kube-apiserver');
  const flags = view.flagsOf('kube-apiserver');
  const said =
    ['authentication-config', 'anonymous-auth'].some((flag) => flags.has(flag)) || view.of('AuthenticationConfiguration').length > 0;
  return source === undefined || said
    ? []
    : [
        {
          file: source.file,
          field: 'kube-apiserver --authentication-config',
          message: 'is not given, and neither is --anonymous-auth: who gives no name is let in as system:anonymous on every path',
          control: 'AUTH-02',
          remedy: 'add `ApiServerAuthentication`, which limits them to the health paths',
        },
      ];
}
