import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../manifest';
import type { Manifest } from '../manifest';
import { placeOf } from '../synth';
import { runError } from './run-error';
import { SDK_VERSION } from './kinds.gen';
import { droppedFields } from './kind-classes';
import type { OutputResolver } from './output-resolver';

/**
 * Refuses what cannot be registered as it is written.
 *
 * @throws RunError with every object, field and remedy
 */
export async function refuseUnfit(manifests: readonly Manifest[], outputs: OutputResolver | undefined, consequence: string): Promise<void> {
  const problems = [
    ...manifests.flatMap(unknownFields),
    ...(outputs ? (await Promise.all(manifests.map((manifest) => unfitOutputs(manifest, outputs)))).flat() : []),
  ];
  if (problems.length > 0) {
    throw runError([...problems, consequence].join('\n'));
  }
}

function unknownFields(manifest: Manifest): string[] {
  return droppedFields(manifest.object).map(
    (field) =>
      `✗ ${subject(manifest)}: '${field}' is no field of ${manifest.object.apiVersion} ${manifest.object.kind} in @pulumi/kubernetes ${SDK_VERSION}, ` +
      'which would drop it. Mend: correct the field, or its place.',
  );
}

async function unfitOutputs(manifest: Manifest, outputs: OutputResolver): Promise<string[]> {
  const places = outputs.placesIn(manifest.object);
  const secret = await Promise.all(places.map(({ output }) => pulumi.isSecret(output)));
  return places.flatMap(({ path }, index) => {
    if (/^(apiVersion|kind|metadata\.(name|namespace))$|a key$/.test(path)) {
      return [
        `✗ ${subject(manifest)}: an Output stands in ${path}, by which the object is known before the Output is. Mend: write it there.`,
      ];
    }
    return secret[index]
      ? [
          `✗ ${subject(manifest)}: the Output in ${path} is a secret (control NET-22: no secret in a manifest). Mend: let External Secrets, the CSI ` +
            'secret store or an operator make a Secret, and mount it by its name; if the value is no secret, pass `pulumi.unsecret(output)`.',
        ]
      : [];
  });
}

function subject(manifest: Manifest): string {
  return `${manifest.object.kind} ${nameOf(manifest.object)} (${placeOf(manifest)})`;
}
