import type { IConstruct } from 'constructs';
import type { Manifest } from '../manifest';
import { manifestsOf } from './artifacts-of';
import { withoutSelfAssessment } from './self-assessment';

/** What the constructs at or under `root` say is wrong with them, each with its path, as cdk8s words it. */
export function validationErrors(root: IConstruct): string[] {
  return root.node.findAll().flatMap((construct) => construct.node.validate().map((error) => `[${construct.node.path}] ${error}`));
}

/**
 * Renders what lies in the scope as a synthesis of its app would, without assessing it.
 *
 * @throws with what constructs of the app say is wrong with them, beside what rules find
 */
export function render(scope: IConstruct): Manifest[] {
  const { root } = scope.node;
  return withoutSelfAssessment(root, () => {
    const errors = validationErrors(root); // asked for first, since `onSynth` takes hold of the objects there
    if (errors.length > 0) {
      throw new Error(`Validation failed with the following errors:\n  ${errors.join('\n  ')}`);
    }
    return manifestsOf(scope);
  });
}
