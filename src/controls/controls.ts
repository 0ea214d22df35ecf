import { AUTHENTICATION_CONTROLS } from './authentication';
import type { Control } from './control';
import { LOGGING_CONTROLS } from './logging';
import { NETWORK_CONTROLS } from './network';
import { POD_CONTROLS } from './pod';
import { UPGRADING_CONTROLS } from './upgrading';

const ALL = [...POD_CONTROLS, ...NETWORK_CONTROLS, ...AUTHENTICATION_CONTROLS, ...LOGGING_CONTROLS, ...UPGRADING_CONTROLS] as const;

/** Id of a control that exists. */
export type ControlId = (typeof ALL)[number]['id'];

/** Every control, in the order of the guide. */
export const CONTROLS: readonly Control[] = ALL;

const BY_ID: ReadonlyMap<string, Control> = new Map(ALL.map((control) => [control.id, control]));

/**
 * The control with this id.
 *
 * @throws if there is none; the error lists those of the same section
 */
export function controlOf(id: string): Control {
  const control = BY_ID.get(id);
  if (control) {
    return control;
  }
  const section = `${String(id).split('-')[0]}-`;
  const known = CONTROLS.map((candidate) => candidate.id).filter((candidate) => candidate.startsWith(section));
  throw new Error(
    `There is no control ${JSON.stringify(id)}. ${known.length > 0 ? `Its section has ${known.join(', ')}.` : 'Ids look like POD-04, NET-21, AUTH-07.'}`,
  );
}
