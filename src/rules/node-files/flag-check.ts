import type { ControlId } from '../../controls';
import type { Program } from './program-flags';
import { isTrue, itemsOf } from './program-flags';
import { STRONG_CIPHERS } from './tls-ciphers';

/** What a flag must say to be safe. */
export interface FlagCheck {
  readonly programs: readonly Program[];
  /** Without dashes. */
  readonly flag: string;
  /** Whether the value is safe. Not asked when the flag is not given. */
  readonly safe: (value: string) => boolean;
  /** Whether the default is unsafe and no distribution sets it otherwise, so that it must be given. @default false */
  readonly required?: boolean;
  readonly risk: string;
  readonly control: ControlId;
  readonly remedy: string;
}

/** A switch that must be off. */
export function isOff(value: string): boolean {
  return !isTrue(value);
}

/** A flag that must not be given at all. */
export function never(): boolean {
  return false;
}

/** An address of the node itself, with or without a port. */
export function isLoopback(value: string): boolean {
  return /^(127\.0\.0\.1|\[?::1\]?|localhost)(:\d+)?$/.test(value);
}

/** A list of suites that are all strong. */
export function isStrong(value: string): boolean {
  return itemsOf(value).every((suite) => STRONG_CIPHERS.has(suite));
}

/** A list of addresses that are all reached through TLS. */
export function isHttps(value: string): boolean {
  return itemsOf(value).every((url) => url.startsWith('https://') || url.startsWith('unixs://'));
}
