import type { ControlPlaneSpec } from '../control-plane-spec';
import type { HostLayout } from '../host-layout';
import { FLAGGED_PROGRAMS } from '../host-parts';
import type { Flag, FlaggedProgram, HostParts } from '../host-parts';
import { COMPONENT_FLAGS } from './component-flags';

/** The hardening flags of API server, controller manager and scheduler. */
export function componentHostParts(spec: ControlPlaneSpec, layout: HostLayout): HostParts {
  const { components: section, cluster } = spec;
  if (section === undefined) {
    return {};
  }
  const flagsOf = (program: FlaggedProgram): Flag[] =>
    COMPONENT_FLAGS.filter((row) => row.program === program && (row.distributions?.includes(cluster.distribution) ?? true)).flatMap(
      ({ name, value }) => {
        const text = value({ section, spec, layout });
        return text === undefined ? [] : [{ name, value: text }];
      },
    );
  return {
    flags: Object.fromEntries(FLAGGED_PROGRAMS.filter((program) => program !== 'etcd').map((program) => [program, flagsOf(program)])),
  };
}
