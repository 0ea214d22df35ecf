import type { IConstruct } from 'constructs';
import type { NodeFile } from '../manifest';

/** A construct that contributes files for hosts. */
export interface INodeFileSource extends IConstruct {
  /** The files, at synth. */
  toNodeFiles(): readonly NodeFile[];
}

/** Every node file that constructs at or under `root` contribute. */
export function nodeFilesOf(root: IConstruct): NodeFile[] {
  return root.node.findAll().flatMap((construct) => (isNodeFileSource(construct) ? construct.toNodeFiles() : []));
}

function isNodeFileSource(construct: IConstruct): construct is INodeFileSource {
  return 'toNodeFiles' in construct && typeof construct.toNodeFiles === 'function';
}
