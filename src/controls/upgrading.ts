import type { Control } from './control';

/** Upgrading and application security practices: the `UPG` controls. */
export const UPGRADING_CONTROLS = [
  {
    id: 'UPG-01',
    title: 'Run a supported version of Kubernetes',
    section: 'Upgrading',
    why: 'A version past its end gets no fixes.',
    severity: 'high',
    waivable: false,
  },
] as const satisfies readonly Control[];
