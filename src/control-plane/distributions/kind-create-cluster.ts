import type { ControlPlaneSpec } from '../control-plane-spec';
import { KEY_SCRIPT_PATH } from '../encryption';
import { KUBEADM_LAYOUT } from '../host-layout';
import { SECCOMP_FOLDER } from '../profiles';
import { scriptHead } from '../shell';

/** Folders that the nodes are given, from the folder in which the script runs kind. */
export const HARDENING_SOURCE = './hardening';
export const AUDIT_SOURCE = './audit-log';
export const SECCOMP_SOURCE = './seccomp';

/**
 * Makes the cluster. The files that nodes are given are copied out of the output of synth first: the key is made beside them, and
 * must not lie where everything may be committed, or is removed by the next synth.
 *
 * @param image node image in the configuration; undefined where the operator names one
 */
export function createClusterScript({ audit, cluster, encryption, confinement }: ControlPlaneSpec, image: string | undefined): string {
  const given = image === undefined ? `kindest/node:v${cluster.minor}.x@sha256:…` : '[IMAGE]';
  return `${scriptHead(`Makes the cluster ${cluster.name} with kind: create-cluster.sh ${given}`)}needs kind
here=$(cd -- "$(dirname -- "\${BASH_SOURCE[0]}")" && pwd -P)
nodes=$(cd -- "$here/../.." && pwd -P)
image=\${1:-}
case $image in
  '') ${image === undefined ? `die 'name the image of the nodes, with tag and digest: ${given} (release notes of kind)'` : ':'} ;;
  *:v${cluster.minor}.*@sha256:*) ;;
  *) die "$image is no node image of ${cluster.minor} with tag and digest" ;;
esac
work=\${XDG_STATE_HOME:-$HOME/.local/state}/cdk8s-hardened/${cluster.name}
mkdir -p -- "$work${audit ? '/audit-log' : ''}"
cd -- "$work"

# What was made here, such as a key, stays; the rest is replaced.
mkdir -p -- hardening
find hardening -mindepth 1 -maxdepth 1 ! -name encryption -exec rm -rf -- {} +
cp -R -- "$nodes/control-plane${KUBEADM_LAYOUT.hardening}/." hardening/
${
  confinement
    ? `rm -rf -- seccomp
cp -R -- "$nodes/control-plane${SECCOMP_FOLDER}/." seccomp/
`
    : ''
}${encryption ? `bash "$nodes/control-plane${KEY_SCRIPT_PATH}" --dir "$work/hardening/encryption" init\n` : ''}exec kind create cluster --config "$here/cluster.yaml" \${image:+--image "$image"}
`;
}
