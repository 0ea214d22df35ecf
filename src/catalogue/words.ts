import type { ControlMappings, Disposition, GeneratedField } from '../controls';

/** How a disposition reads. */
export const DISPOSITION_WORDS: Readonly<Record<Disposition, string>> = {
  generated: 'generated',
  enforced: 'enforced at admission',
  verified: 'verified live',
  inherited: 'inherited on EKS, GKE and AKS',
  organisational: 'organisational',
};

/** Whose checks the mappings of a control name. */
export const MAPPING_SOURCES: Readonly<Record<keyof ControlMappings, string>> = {
  cis: 'CIS (kube-bench cis-1.12)',
  podSecurity: 'Pod Security',
  kubescape: 'Kubescape',
  trivy: 'Trivy',
  kubeLinter: 'kube-linter',
  kubeScore: 'kube-score',
  polaris: 'Polaris',
  checkov: 'Checkov',
  kyverno: 'Kyverno',
};

/** A field that something sets: `Deployment spec.template.spec.hostPID: false`. */
export function fieldText({ kind, field, value }: GeneratedField): string {
  return `${kind} ${field}${value === undefined ? '' : `: ${JSON.stringify(value)}`}`;
}
