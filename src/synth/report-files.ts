import { cisJson, cisPage, exceptionFiles, predictCis, waiverRecord, waiversPage } from '../assessment';
import type { KubeObject } from '../manifest';
import type { PlatformSettings } from '../settings';
import type { Synthesis } from './hardened-app';

/**
 * The evidence of a run, by path below the output. What was waived and when, and no part of an object: nothing of what
 * objects hold.
 *
 * @param fileOf the file of a waived object below the folder of manifests
 */
export function reportFiles(
  { artifacts, assessment, waivers }: Synthesis,
  settings: PlatformSettings,
  fileOf: (object: KubeObject) => string,
): [string, string][] {
  const { asOf, minor } = settings;
  const records = waivers.map(waiverRecord);
  const cis = predictCis(artifacts, settings);
  const counts = { objects: artifacts.manifests.length, nodeFiles: artifacts.nodeFiles.length, findings: assessment.findings.length };
  const json = { asOf, kubernetes: minor, ...counts, waivers: records, warnings: assessment.warnings };
  return [
    ['report/assessment.json', JSON.stringify(json, undefined, 2) + '\n'],
    ['report/waivers.md', waiversPage(records, asOf)],
    ...(cis.length === 0
      ? []
      : ([
          ['report/cis.json', JSON.stringify(cisJson(cis, minor), undefined, 2) + '\n'],
          ['report/cis.md', cisPage(cis, minor)],
        ] satisfies [string, string][])),
    ...[...exceptionFiles(waivers, fileOf)].map(([name, content]): [string, string] => [`report/exceptions/${name}`, content]),
  ];
}
