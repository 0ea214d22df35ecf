import type { ReportFormat } from '../report';

/** The formats of a report by the name that `--format` takes, each loaded only when it is asked for. */
export const REPORT_FORMATS = {
  text: async () => (await import('../report/text-report.js')).textReport,
  json: async () => (await import('../report/json-report.js')).jsonReport,
  sarif: async () => (await import('../report/sarif-report.js')).sarifReport,
  junit: async () => (await import('../report/junit-report.js')).junitReport,
} as const satisfies Record<string, () => Promise<ReportFormat>>;

export type ReportFormatName = keyof typeof REPORT_FORMATS;
