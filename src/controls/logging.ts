import type { Control } from './control';

/** Audit logging and threat detection: the `LOG` controls. */
export const LOGGING_CONTROLS = [
  {
    id: 'LOG-12',
    title: 'Know the normal state of every container, beginning with its health',
    section: 'Logging',
    why: 'A container that says nothing of itself fails, or is replaced, unseen.',
    severity: 'medium',
    waivable: true,
  },
] as const satisfies readonly Control[];
