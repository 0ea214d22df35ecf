import type { ScalarTag } from 'yaml';

const INTEGER = /^[-+]?(?:0[bB][01]+|0[oO][0-7]+|0[xX][\dA-Fa-f]+|\d+)$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;

/**
 * What unquoted text means to kubectl: it reads YAML with sigs.k8s.io/yaml, which follows YAML 1.1 (go.yaml.in/yaml/v2,
 * resolve.go). So `hostNetwork: yes` switches it on, and `runAsUser: 0_0` is root. Left out on purpose, as there: base 60,
 * and times, which stay text.
 */
export const KUBECTL_SCALARS: ScalarTag[] = [
  { tag: 'tag:yaml.org,2002:null', default: true, test: /^(?:~|null|Null|NULL)?$/, resolve: () => null },
  { tag: 'tag:yaml.org,2002:bool', default: true, test: /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/, resolve: () => true },
  { tag: 'tag:yaml.org,2002:bool', default: true, test: /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/, resolve: () => false },
  { tag: 'tag:yaml.org,2002:int', default: true, test: /^[-+.\d]/, resolve: number },
  { tag: 'tag:yaml.org,2002:float', default: true, test: /^[-+.\d]/, resolve: number },
];

/** The number that the text means, or the text itself where it means none. */
function number(text: string, refuse: (message: string) => void): unknown {
  if (/^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/.test(text)) {
    refuse(`${text} is no number that JSON knows, so kubectl refuses it`);
  }
  const plain = text.startsWith('.') ? text : text.replaceAll('_', '');
  if (INTEGER.test(plain)) {
    const [, sign, digits = ''] = /^([-+]?)(.*)$/.exec(plain) ?? [];
    const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
    return sign === '-' ? -value : value;
  }
  const value = FLOAT.test(plain) ? Number(plain) : Number.NaN;
  return Number.isFinite(value) ? value : text;
}
