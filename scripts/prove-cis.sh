#!/usr/bin/env bash
# Runs kube-bench on a control-plane node that is not there: prove-cis.sh FOLDER CFG INIT, in mount, process and network namespaces of
# its own. FOLDER/files are the files of the role, CFG is the configuration of kube-bench, INIT the file that kubeadm is given.
set -euo pipefail
folder=$1 cfg=$2 init=$3

# Everything is written to a layer over the root of this machine, and gone afterwards.
mount --make-rprivate /
mkdir -p "$folder/layer" "$folder/root"
mount -t tmpfs tmpfs "$folder/layer"
mkdir "$folder/layer/upper" "$folder/layer/work"
mount -t overlay overlay -o "lowerdir=/,upperdir=$folder/layer/upper,workdir=$folder/layer/work" "$folder/root"
root=$folder/root
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
cp "$(command -v kube-bench)" "$(command -v kubeadm)" "$root/usr/local/bin/"
mkdir -p "$root/tmp/cfg"
cp -R "$cfg/." "$root/tmp/cfg/"
rm -rf "$root/etc/kubernetes" "$root/var/lib/kubelet" "$root/var/lib/etcd" "$root/etc/cni"

# What kubeadm writes; a dry run writes it into a folder of its own. It is found to be made of our file, flag by flag.
cp -R "$folder/files/." "$root/"
chroot "$root" kubeadm init --dry-run --config "$init" --ignore-preflight-errors=all >"$folder/kubeadm.log" 2>&1 || { tail -n 5 "$folder/kubeadm.log" >&2; exit 1; }
made=$(echo "$root"/etc/kubernetes/tmp/kubeadm-init-dryrun*)
mkdir -p "$root/etc/kubernetes/manifests" "$root/etc/kubernetes/pki" "$root/var/lib/kubelet" "$root/usr/lib/systemd/system"
mkdir -m 0700 "$root/var/lib/etcd"
mv "$made"/kube-*.yaml "$made/etcd.yaml" "$root/etc/kubernetes/manifests/"
mv "$made"/*.conf "$root/etc/kubernetes/"
mv "$made"/*.crt "$made"/*.key "$made/sa.pub" "$made/etcd" "$root/etc/kubernetes/pki/"
mv "$made/config.yaml" "$root/var/lib/kubelet/"
rm -rf "$root/etc/kubernetes/tmp"
printf '[Service]\nExecStart=/usr/bin/kubelet\n' >"$root/usr/lib/systemd/system/kubelet.service" # as packages bring it
chmod 0644 "$root/usr/lib/systemd/system/kubelet.service"

# Users, folders and modes, as systemd makes them at boot and before each start of the kubelet.
if [ -d "$folder/files/etc/sysusers.d" ]; then chroot "$root" systemd-sysusers; fi
for file in "$folder"/files/etc/tmpfiles.d/*.conf; do
  chroot "$root" systemd-tmpfiles --create "${file#"$folder/files"}"
done

# The key of encryption, as its operator makes it: it is gone with the layer.
chroot "$root" kube-encryption-key init >&2

# Programs that do nothing, under the names and with the command lines that the static pods have.
# start NAME FLAG...
start() {
  local name=$1
  shift
  cp "$root/bin/bash" "$root/usr/local/bin/$name"
  chroot "$root" "/usr/local/bin/$name" -c 'while :; do sleep 600; done' "$@" >/dev/null 2>&1 &
}
for pod in kube-apiserver kube-controller-manager kube-scheduler etcd; do
  mapfile -t flags < <(sed -n 's/^    - \(--.*\)$/\1/p' "$root/etc/kubernetes/manifests/$pod.yaml")
  start "$pod" "${flags[@]}"
done
start kubelet --bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf --config=/var/lib/kubelet/config.yaml
start kube-proxy --config=/var/lib/kube-proxy/config.conf
sleep 1

# It asks kubelet or kubectl for the version also when it is told the benchmark.
printf '#!/bin/sh\necho Kubernetes v1.36.3\n' >"$root/usr/local/bin/kubectl"
chmod 0755 "$root/usr/local/bin/kubectl"
chroot "$root" kube-bench run --config-dir /tmp/cfg --config /tmp/cfg/config.yaml --benchmark cis-1.12 --targets master,controlplane,etcd,node --json
jobs -p | xargs -r kill
