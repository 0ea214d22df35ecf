import { admissionProblems } from '../node-files';
import type { HostView } from '../host-view';
import { inDocument, nodeFileRule } from './node-file-rule';
import type { HostProblem } from './node-file-rule';

/** Plugins that do not start without a configuration. */
const CONFIGURED: readonly string[] = ['EventRateLimit', 'ImagePolicyWebhook'];

/** Admission plugins are enabled exactly when they are configured, and configured as they were meant. */
export const admissionConfiguration = nodeFileRule({
  id: 'admission-configuration',
  controls: ['POD-08', 'NET-08', 'POD-06', 'AUTH-11'],
  message: 'admits more than is meant, configures what is not enabled, or is refused by the API server',
  remedy: 'let `ApiServerAdmission` write it, which enables what it configures',
  problems: (view) => [
    ...view.of('AdmissionConfiguration').flatMap((document) =>
      inDocument(
        document,
        admissionProblems(document.value, { minor: view.minor, enabled: view.admissionPlugins }).filter(
          // Of a part of it, what others add is not known: Talos has a document for each plugin, and its own for PodSecurity.
          ({ field }) => !(document.part && field === 'plugins'),
        ),
      ),
    ),
    ...unconfigured(view),
  ],
});

function unconfigured(view: HostView): HostProblem[] {
  const flag = view.flagsOf('kube-apiserver').get('enable-admission-plugins');
  if (flag?.file === undefined || view.of('AdmissionConfiguration').some(({ part }) => !part)) {
    return [];
  }
  const { file } = flag;
  const entries = view.of('AdmissionConfiguration').flatMap(({ value }) => JSON.stringify(value['plugins']));
  return CONFIGURED.filter(
    (plugin) => view.admissionPlugins?.includes(plugin) && !entries.some((text) => text.includes(`"${plugin}"`)),
  ).map((plugin) => ({
    file,
    field: 'kube-apiserver --enable-admission-plugins',
    message: `has ${plugin}, which nothing configures: the API server does not start`,
    control: 'POD-08',
    remedy: `configure ${plugin} in an AdmissionConfiguration, or leave it out`,
  }));
}
