import { Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { podSpecOf } from '../../../src/manifest';
import { CEL_RULES } from '../../../src/rules';
import { PlatformSettings } from '../../../src/settings';
import type { KubeObject } from '../../../src/manifest';
import { build, workloadCase } from '../../support/workload-arbitrary';
import { rounds } from '../../support/rounds';

const SEED = 20261124;

function outcome(make: () => KubeObject[]): KubeObject[] | string {
  try {
    return make();
  } catch (error) {
    return (error as Error).message;
  }
}

it('meets the rules, or is refused with the control, whatever the props', () => {
  const ROUNDS = rounds(300);
  const seen = { accepted: 0, refused: 0 };
  fc.assert(
    fc.property(workloadCase, (given) => {
      const result = outcome(() => Testing.synth(build(given)) as KubeObject[]);
      if (typeof result === 'string') {
        seen.refused += 1;
        expect(result).toMatch(/control {2}(POD|NET|AUTH|LOG)-\d\d/);
      } else {
        seen.accepted += 1;
        const settings = PlatformSettings.from(given.settings);
        const artifacts = { manifests: result.map((object) => ({ object, origin: {} })), nodeFiles: [] };
        expect(CEL_RULES.flatMap((rule) => rule.check({ artifacts, settings, waivers: [] }))).toEqual([]);
        expect(result.filter((object) => podSpecOf(object) !== undefined)).toHaveLength(1);
      }
    }),
    { seed: SEED, numRuns: ROUNDS },
  );
  expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(ROUNDS / 10);
});

it('renders the same twice', () => {
  fc.assert(
    fc.property(workloadCase, (given) => {
      const twice = [0, 1].map(() => outcome(() => Testing.synth(build(given)) as KubeObject[]));
      expect(JSON.stringify(twice[0])).toBe(JSON.stringify(twice[1]));
      const shop = build(given);
      const again = [0, 1].map(() => outcome(() => Testing.synth(shop) as KubeObject[]));
      expect(JSON.stringify(again[0])).toBe(JSON.stringify(again[1]));
    }),
    { seed: SEED, numRuns: rounds(60) },
  );
});
