import type { Severity } from '../controls';
import { replaceFile } from '../manifest';
import { checkManifests } from '../report/check-manifests';
import { hasFailed } from '../report/check-report';
import { textSummary } from '../report/text-report';
import type { KubernetesMinor } from '../settings';
import { coloured } from './coloured';
import { ExitCode } from './exit-code';
import { packageVersion } from './package-version';
import { REPORT_FORMATS } from './report-formats';
import type { ReportFormatName } from './report-formats';
import { settingsOf } from './settings-of';

/** Options of `check`, as the command line gives them. */
export interface CheckOptions {
  readonly format: ReportFormatName;
  readonly failOn: Severity;
  readonly blueprint?: string;
  readonly minor?: KubernetesMinor;
  readonly asOf?: string;
  readonly output?: string;
}

/** Judges manifests and writes the report: the result to the standard output or a file, the rest to the standard error. */
export async function check(paths: readonly string[], options: CheckOptions): Promise<ExitCode> {
  const { format, failOn, output } = options;
  const settings = await settingsOf(options);
  const report = await checkManifests({ paths, settings, failOn, version: packageVersion() });
  const result = (await REPORT_FORMATS[format]())(report);
  if (output === undefined) {
    process.stdout.write(format === 'text' ? coloured(result, process.stdout) : result);
  } else {
    replaceFile(output, result);
  }
  process.stderr.write(textSummary(report));
  return report.unread.length > 0 ? ExitCode.BAD_INPUT : hasFailed(report) ? ExitCode.FINDINGS : ExitCode.CLEAN;
}
