import type { IConstruct } from 'constructs';
import type { ClusterSpec } from './cluster-spec';
import type { ControlPlaneSections, ControlPlaneSpec } from './control-plane-spec';

/** A construct that answers for a section of the control plane, such as its audit policy. */
export interface IControlPlanePart extends IConstruct {
  /** The section, by its name in `ControlPlaneSpec`. Asked at synth. */
  controlPlaneSections(): Partial<ControlPlaneSections>;
}

/**
 * Everything that constructs at or under `root` say of the control plane.
 *
 * @throws if two constructs answer for one section
 */
export function controlPlaneSpecOf(root: IConstruct, cluster: ClusterSpec): ControlPlaneSpec {
  const owners = new Map<string, IControlPlanePart>();
  const sections: Record<string, unknown> = {};
  for (const part of root.node.findAll().filter(isControlPlanePart)) {
    for (const [section, value] of Object.entries(part.controlPlaneSections())) {
      const other = owners.get(section);
      if (other) {
        throw new Error(
          `[${part.node.path}] ${section} of the control plane is already set by ${other.node.path}: a cluster has one. Remove one of them.`,
        );
      }
      owners.set(section, part);
      sections[section] = value;
    }
  }
  return { ...sections, cluster };
}

function isControlPlanePart(construct: IConstruct): construct is IControlPlanePart {
  return 'controlPlaneSections' in construct && typeof construct.controlPlaneSections === 'function';
}
