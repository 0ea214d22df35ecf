import { scriptHead } from '../shell';

/** Command that approves what kubelets ask for. */
export const APPROVE_COMMAND = '/usr/local/sbin/approve-kubelet-certificates';

/**
 * Approves the serving certificates that kubelets ask for, and only those that check out. Kubernetes approves none by itself: it
 * cannot know which names and addresses a node has. The kubelet says who it is by its client certificate; what it asks for must be
 * that name, addresses in the ranges of the nodes, none that another node reports, and nothing else.
 */
export function approveCertificatesScript(nodeRanges: readonly string[]): string {
  return `${scriptHead('Approves serving certificates that kubelets ask for, after checking each. With --list it only tells. Uses the kubeconfig of kubectl.')}needs base64 kubectl openssl
ranges='${nodeRanges.join(' ')}'
list=0
if [ "\${1:-}" = --list ]; then list=1; fi

${IN_RANGE}
# One field of a request. Asked for one by one: no name or group, whatever it contains, can pass for another field.
field() { kubectl get certificatesigningrequest "$1" --output "jsonpath={.spec.$2}"; }

# What is wrong with a request, or 'nothing'. Silence is not consent: what could not be read is not approved.
problem() {
  local user groups usages seconds request node text subject san item address other
  if ! { user=$(field "$1" username) && groups=$(field "$1" 'groups[*]') && usages=$(field "$1" 'usages[*]') &&
    seconds=$(field "$1" expirationSeconds) && request=$(field "$1" request); }; then
    echo 'cannot be read'
    return
  fi
  [[ $user =~ ^system:node:[a-z0-9]([-a-z0-9.]*[a-z0-9])?$ ]] || { echo 'not asked for by a node'; return; }
  node=\${user#system:node:}
  [[ " $groups " == *' system:nodes '* ]] || { echo 'asked for by none of system:nodes'; return; }
  for item in 'digital signature' 'key encipherment' 'server auth'; do usages=\${usages//"$item"/}; done
  [ -z "\${usages// /}" ] || { echo "usage $usages"; return; }
  [ "\${seconds:-0}" -le 31622400 ] || { echo 'valid for more than a year'; return; }

  text=$(base64 -d <<<"$request" | openssl req -config /dev/null -noout -text -nameopt RFC2253 2>/dev/null) || { echo 'no certificate request'; return; }
  subject=$(sed -n 's/^ *Subject: *//p' <<<"$text")
  [ "$subject" = "CN=system:node:$node,O=system:nodes" ] || { echo "subject $subject"; return; }
  san=$(sed -n '/X509v3 Subject Alternative Name/{n;s/^ *//;p;}' <<<"$text")
  [ -n "$san" ] || { echo 'no name and no address'; return; }
  while IFS= read -r item; do
    item=\${item# }
    case $item in
      "DNS:$node") ;;
      'IP Address:'*)
        address=\${item#IP Address:}
        in_ranges "$address" || { echo "address $address is in no range of the nodes"; return; }
        other=$(reported_by_other "$address" "$node")
        [ -z "$other" ] || { echo "address $address is that of $other"; return; }
        ;;
      *) echo "name $item"; return ;;
    esac
  done < <(tr ',' '\\n' <<<"$san")
  echo nothing
}

# Another node that reports the address as its own.
addresses=$(kubectl get nodes --output 'jsonpath={range .items[*]}{.metadata.name}{range .status.addresses[*]}{" "}{.address}{end}{"\\n"}{end}')
reported_by_other() {
  local node list address wanted
  wanted=$(bits "$1")
  while read -r node list; do
    [ "$node" != "$2" ] || continue
    for address in $list; do
      if [ "$(bits "$address")" = "$wanted" ]; then echo "$node"; return; fi
    done
  done <<<"$addresses"
}

pending=$(kubectl get certificatesigningrequests --output go-template='${PENDING}')
refused=0
for name in $pending; do
  reason=$(problem "$name")
  if [ "$reason" != nothing ]; then
    echo "left $name: $reason" >&2
    refused=1
  elif [ "$list" = 1 ]; then
    echo "would approve $name"
  else
    kubectl certificate approve "$name"
  fi
done
exit $refused
`;
}

/** Names of the requests for the kubelets' signer that nobody has decided on. */
const PENDING =
  '{{range .items}}{{if and (eq .spec.signerName "kubernetes.io/kubelet-serving") (not .status.conditions)}}{{.metadata.name}} {{end}}{{end}}';

/** Whether an address lies in a range, both families, in bash alone: an address becomes its bits as text. */
const IN_RANGE = `# An address as 32 or 128 characters of 0 and 1; nothing when it is no address.
bits() {
  local text=$1 part out='' groups=() head tail i
  if [[ $text =~ ^[0-9]{1,3}(\\.[0-9]{1,3}){3}$ ]]; then
    IFS=. read -ra groups <<<"$text"
    for part in "\${groups[@]}"; do
      ((10#$part < 256)) || return 0
      for i in 7 6 5 4 3 2 1 0; do out+=$(((10#$part >> i) & 1)); done
    done
  elif [[ $text =~ ^[0-9A-Fa-f:]+$ && $text == *:* && $text != *:::* ]]; then
    head=$text tail=''
    if [[ $text == *::* ]]; then head=\${text%%::*} tail=\${text#*::}; fi
    IFS=: read -ra groups <<<"$head"
    local back=()
    IFS=: read -ra back <<<"$tail"
    if [[ $text == *::* ]]; then
      while ((\${#groups[@]} + \${#back[@]} < 8)); do groups+=(0); done
    fi
    groups+=("\${back[@]}")
    [ \${#groups[@]} -eq 8 ] || return 0
    for part in "\${groups[@]}"; do
      [[ $part =~ ^[0-9A-Fa-f]{1,4}$ ]] || return 0
      for i in 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 0; do out+=$(((16#$part >> i) & 1)); done
    done
  fi
  echo "$out"
}

in_ranges() {
  local range wanted network length
  wanted=$(bits "$1")
  [ -n "$wanted" ] || return 1
  for range in $ranges; do
    network=$(bits "\${range%/*}")
    length=\${range#*/}
    if [ \${#network} -eq \${#wanted} ] && [ "\${network:0:length}" = "\${wanted:0:length}" ]; then return 0; fi
  done
  return 1
}
`;
