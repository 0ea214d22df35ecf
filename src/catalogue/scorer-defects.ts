import type { ControlId } from '../controls';

/** A check of another tool that is better left unmet. */
export interface ScorerDefect {
  readonly tool: string;
  /** Its own name of the check. */
  readonly check: string;
  /** Why its finding is wrong, or not for everybody. */
  readonly why: string;
  /** Control that the check is about. */
  readonly control: ControlId;
}

/** Findings of other tools on what the constructs of this package make, each found by running the tool, with the reason to leave them. */
export const SCORER_DEFECTS: readonly ScorerDefect[] = [
  {
    tool: 'kube-linter',
    check: 'priority-class-name',
    why: 'it refuses every priority class but those that are configured, where Polaris asks for one',
    control: 'NET-08',
  },
  {
    tool: 'Kubescape',
    check: 'C-0211 (seLinuxOptions)',
    why: 'it asks for SELinux options also where nodes run AppArmor; ours are written where the blueprint says that nodes run SELinux',
    control: 'POD-18',
  },
  {
    tool: 'kubesec',
    check: 'Seccomp and AppArmor',
    why: 'it reads annotations that Kubernetes has removed, and not the fields in their place',
    control: 'POD-16',
  },
  {
    tool: 'Kyverno',
    check: 'drop-cap-net-raw',
    why: 'it wants the literal NET_RAW beside ALL, which holds it already',
    control: 'POD-14',
  },
  {
    tool: 'Kyverno',
    check: 'seccomp-strict (ValidatingPolicy)',
    why: 'it passes pods that name no seccomp profile at all',
    control: 'POD-16',
  },
];
