const UNITS: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };
const DURATION = /^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/;

/** Seconds of a duration as Go writes it (`3s`, `1h30m`); undefined if it is none, or is negative. */
export function goSeconds(text: string): number | undefined {
  return DURATION.test(text)
    ? [...text.matchAll(/(\d+(?:\.\d+)?)([a-zµ]+)/g)].reduce(
        (sum, [, number, unit]) => sum + Number(number) * (UNITS[String(unit)] ?? 0),
        0,
      )
    : undefined;
}
