import { authenticationProblems } from '../node-files';
import { inDocument, nodeFileRule } from './node-file-rule';

/** Who gets in is known, and anonymous requests reach health paths only. */
export const authenticationConfiguration = nodeFileRule({
  id: 'authentication-configuration',
  controls: ['AUTH-01', 'AUTH-02'],
  message: 'lets in who should not get in, or is refused by the API server',
  remedy: 'let `ApiServerAuthentication` write it',
  problems: (view) => {
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
  },
});
