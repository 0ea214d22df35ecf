import { kubeletProblems, valueOf } from '../node-files';
import { inDocument, nodeFileRule } from './node-file-rule';

/** Kubelets answer only to who may ask, keep the kernel's settings, and bound what pods take. */
export const kubeletConfiguration = nodeFileRule({
  id: 'kubelet-configuration',
  controls: [
    'AUTH-03',
    'AUTH-09',
    'LOG-17',
    'NET-09',
    'NET-10',
    'NET-13',
    'NET-14',
    'NET-20',
    'NET-22',
    'POD-07',
    'POD-08',
    'POD-16',
    'POD-22',
    'UPG-01',
    'UPG-04',
  ],
  message: 'leaves the node open, or says something that the kubelet goes on without',
  remedy: 'let `KubeletHardening` write it',
  problems: (view) => {
    const { kubelet = {}, kubeletAlways = {}, kubeletWithout = [] } = view.facts ?? {};
    const owned = [...Object.keys({ ...kubelet, ...kubeletAlways }), ...kubeletWithout];
    return view.of('KubeletConfiguration').flatMap((document) =>
      inDocument(
        document,
        kubeletProblems(document.value, view.minor, !document.part).filter(
          ({ field }) => !(owned.includes(field) && valueOf(document.value, field) === undefined),
        ),
      ),
    );
  },
});
