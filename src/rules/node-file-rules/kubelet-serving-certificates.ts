import { recordsOf, textsOf } from '../../manifest';
import type { Manifest } from '../../manifest';
import { isExecutable } from '../host-view';
import type { HostView } from '../host-view';
import { Inventory } from '../inventory';
import { CLUSTER_ROLES } from '../match';
import { nodeFileRule } from './node-file-rule';

const SIGNER = 'kubernetes.io/kubelet-serving';

/** Kubelets that ask for the certificate which they serve with get it: nobody in Kubernetes approves that by itself. */
export const kubeletServingCertificates = nodeFileRule({
  id: 'kubelet-serving-certificates',
  controls: ['NET-14'],
  message: 'lets kubelets ask for a certificate that nobody approves',
  remedy: 'add the stack kubeletApprover, or approve with `approve-kubelet-certificates` on the machine of the operator',
  problems: (view, { artifacts }) =>
    scripted(view) || Inventory.of(artifacts).of(CLUSTER_ROLES).some(approves)
      ? []
      : view
          .of('KubeletConfiguration')
          .filter(({ value }) => value['serverTLSBootstrap'] === true)
          .map(({ file }) => ({
            file,
            field: 'KubeletConfiguration.serverTLSBootstrap',
            message: 'is true, and nothing here approves what kubelets ask for: `kubectl logs` and metrics fail',
            control: 'NET-14',
            remedy: 'add the stack kubeletApprover, or a script that approves after a look',
          })),
});

function scripted({ files }: HostView): boolean {
  return files.some((file) => isExecutable(file) && file.content.includes(SIGNER) && /certificate approve|\/approval/.test(file.content));
}

function approves({ object }: Manifest): boolean {
  return recordsOf(object['rules']).some(
    (rule) =>
      textsOf(rule['resources']).includes('signers') &&
      textsOf(rule['verbs']).includes('approve') &&
      textsOf(rule['resourceNames']).includes(SIGNER),
  );
}
