const SECONDS: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, µs: 1e-6, μs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

/** A duration as Go reads it: `168h0m0s`, `-1.5s`, `0`. */
export const GO_DURATION = /^[-+]?(0|((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/;

/** Seconds of a duration as Go reads it, which may be below 0; undefined if it is none. */
export function goSeconds(text: string): number | undefined {
  if (!GO_DURATION.test(text)) {
    return undefined;
  }
  const parts = [...text.matchAll(/([\d.]+)([a-zµμ]+)/g)];
  const seconds = parts.reduce((sum, [, number, unit]) => sum + Number(number) * (SECONDS[String(unit)] ?? 0), 0);
  return text.startsWith('-') ? -seconds : seconds;
}
