import { createHash } from 'node:crypto';
import { waiverRecord } from '../assessment';
import type { WaiverRecord } from '../assessment';
import type { PlatformSettings } from '../settings';
import type { Synthesis } from '../synth';

/** What a stack tells other stacks and people: names, numbers and digests, and nothing of what objects or files hold. */
export interface StackOutputs {
  readonly posture: PostureSummary;
  /** The files for hosts, with the digest that each must have; `npm run synth` writes them. */
  readonly nodeFiles: readonly NodeFileDigest[];
  /** The waivers in force, the one that ends first in front. */
  readonly waivers: readonly WaiverRecord[];
}

/** How the cluster stands. */
export interface PostureSummary {
  readonly cluster: string;
  /** Minor of Kubernetes. */
  readonly kubernetes: string;
  /** Day that waivers were judged against. */
  readonly asOf: string;
  /** Objects of the whole cluster; other stacks may have some of them. */
  readonly objects: number;
  readonly nodeFiles: number;
  /** Findings that a waiver accepts. One that none accepts fails `pulumi up`. */
  readonly waived: number;
}

/** A file for hosts by what can be checked on the host. */
export interface NodeFileDigest {
  readonly role: string;
  readonly path: string;
  readonly mode: string;
  readonly owner: string;
  /** Of the content, in hexadecimal. */
  readonly sha256: string;
}

/** The outputs of a stack whose program has synthesised this. */
export function stackOutputs(
  cluster: string,
  { minor, asOf }: PlatformSettings,
  { artifacts, assessment, waivers }: Synthesis,
): StackOutputs {
  const { manifests, nodeFiles } = artifacts;
  return {
    posture: { cluster, kubernetes: minor, asOf, objects: manifests.length, nodeFiles: nodeFiles.length, waived: assessment.waived.length },
    nodeFiles: nodeFiles.map(({ role, path, mode, owner, content }) => {
      return { role, path, mode, owner, sha256: createHash('sha256').update(content).digest('hex') };
    }),
    waivers: waivers.map(waiverRecord),
  };
}
