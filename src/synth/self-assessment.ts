import type { IConstruct } from 'constructs';
import { assess, formatFinding } from '../assessment';
import { RULES } from '../rules';
import { PlatformSettings } from '../settings';
import { declaredWaivers } from '../waivers';
import { manifestsOf } from './artifacts-of';

/** A part of the tree cannot answer what needs to see all of it. */
const OBJECT_RULES = RULES.filter((rule) => rule.scope === 'object');

const SELF_ASSESSMENT = Symbol.for('cdk8s-hardened.self-assessment');
const ASSESSES_ALL = Symbol.for('cdk8s-hardened.assesses-all');

/** Says that `root` assesses its whole tree itself, so that the constructs in it need not. */
export function assessesAll(root: IConstruct): void {
  Object.defineProperty(root, ASSESSES_ALL, { value: true });
}

/** Runs `body` while no construct under `root` assesses itself: for who assesses all of it afterwards. */
export function withoutSelfAssessment<T>(root: IConstruct, body: () => T): T {
  if (ASSESSES_ALL in root) {
    return body();
  }
  Object.defineProperty(root, ASSESSES_ALL, { value: true, configurable: true });
  try {
    return body();
  } finally {
    delete (root as { [ASSESSES_ALL]?: true })[ASSESSES_ALL];
  }
}

/**
 * Lets a hardened construct refuse its own findings also in a plain `App` and in `Testing.synth`: one validation that
 * renders and assesses the objects under it. Under a `HardenedApp` it stays silent, since that assesses everything once.
 */
export function assessItself(construct: IConstruct): void {
  if (SELF_ASSESSMENT in construct) {
    return;
  }
  Object.defineProperty(construct, SELF_ASSESSMENT, { value: true });
  construct.node.addValidation({
    validate: () => (ASSESSES_ALL in construct.node.root || insideAnother(construct) ? [] : findingsOf(construct)),
  });
}

/** Only the outermost construct speaks, so that a finding is told once. */
function insideAnother(construct: IConstruct): boolean {
  return construct.node.scopes.slice(0, -1).some((scope) => SELF_ASSESSMENT in scope);
}

function findingsOf(construct: IConstruct): string[] {
  const artifacts = { manifests: manifestsOf(construct), nodeFiles: [] };
  const settings = PlatformSettings.of(construct);
  const { findings, problems } = assess(artifacts, settings, { rules: OBJECT_RULES, waivers: declaredWaivers(construct), complete: false });
  return [
    ...findings.map(formatFinding),
    ...problems.map(({ waiver, message }) => `waiver of ${waiver.control} for ${waiver.target}: ${message}`),
  ];
}
