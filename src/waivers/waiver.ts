import { controlOf } from '../controls';
import { nameOf } from '../manifest';
import type { KubeObject } from '../manifest';
import type { WaiverProps } from '../settings';
import { NODE_FILE_KIND } from './waiver-key';

/** What `Waiver.of` is told; the object is the one that the waiver is given to. */
export interface WaiverOptions {
  /**
   * Container the waiver is for.
   *
   * @default - the object as a whole (findings that name no container)
   */
  readonly container?: string;
  /** Why the finding is accepted, for the auditor who reads it. */
  readonly reason: string;
  /** Who answers for it: a mail address or a team. */
  readonly owner: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** `NodeFile/role/path`: one file for hosts, no pattern. */
const NODE_FILE_TARGET = /^NodeFile\/[a-z0-9][-a-z0-9]*(\/[\w.@+-]+)+$/;

/** `namespace/name`, `Kind/namespace/name` or `Kind/name`: one object, no pattern. */
const OBJECT_TARGET = /^([A-Z][A-Za-z]+\/)?([a-z0-9][-a-z0-9.:]*\/)?[a-z0-9][-a-z0-9.:]*$/;

/** An accepted finding: control, one object (and container) or node file (and field), reason, owner, expiry. */
export class Waiver {
  /**
   * A waiver for the workload whose `waivers` it is listed in.
   *
   * @throws if the control is unknown or not waivable, or if reason, owner or expiry is missing
   */
  public static of(control: string, options: WaiverOptions): Waiver {
    return new Waiver({ ...options, control, target: '' });
  }

  /** A waiver from settings or the blueprint, where the target is written out. */
  public static from(props: WaiverProps): Waiver {
    const isNodeFile = props.target.startsWith(`${NODE_FILE_KIND}/`);
    if (!(isNodeFile ? NODE_FILE_TARGET : OBJECT_TARGET).test(props.target)) {
      throw new Error(
        `Waiver of ${props.control}: target ${JSON.stringify(props.target)} is not one object. Write 'namespace/name' for what runs pods, ` +
          "'Kind/namespace/name' for other kinds, 'Kind/name' if cluster-scoped, 'NodeFile/role/path' for a file for hosts; patterns are not allowed.",
      );
    }
    const [wrong, right] = isNodeFile ? (['container', 'field'] as const) : (['field', 'container'] as const);
    if (props[wrong] !== undefined) {
      throw new Error(
        `Waiver of ${props.control} for ${props.target}: '${wrong}' says nothing of ${isNodeFile ? 'a node file' : 'an object'}. ` +
          `Remove it, or write '${right}'.`,
      );
    }
    return new Waiver(props);
  }

  public readonly control: string;
  /** Empty until it is bound to an object. */
  public readonly target: string;
  public readonly container?: string;
  public readonly field?: string;
  public readonly reason: string;
  public readonly owner: string;
  public readonly expires: string;

  private constructor(props: WaiverProps) {
    const where = `Waiver of ${props.control}${props.target ? ` for ${props.target}` : ''}`;
    if (!controlOf(props.control).waivable) {
      throw new Error(`${where}: this control cannot be waived. Mend the finding instead.`);
    }
    for (const field of ['reason', 'owner'] as const) {
      if (typeof props[field] !== 'string' || props[field].trim() === '') {
        throw new Error(`${where}: '${field}' is missing. Say ${field === 'reason' ? 'why it is accepted' : 'who answers for it'}.`);
      }
    }
    if (!isDay(props.expires)) {
      throw new Error(`${where}: 'expires' is ${JSON.stringify(props.expires)}. Write the last day on which it holds as YYYY-MM-DD.`);
    }
    this.control = props.control;
    this.target = props.target;
    this.container = props.container;
    this.field = props.field;
    this.reason = props.reason;
    this.owner = props.owner;
    this.expires = props.expires;
    Object.freeze(this);
  }

  /** The same waiver for this object. */
  public forObject(object: KubeObject): Waiver {
    return new Waiver({ ...this, target: `${object.kind}/${nameOf(object)}` });
  }

  /** Days from `asOf` (`YYYY-MM-DD`) to the last day; negative when it has expired. */
  public daysLeft(asOf: string): number {
    return Math.round((Date.parse(this.expires) - Date.parse(asOf)) / 86_400_000);
  }
}

/** Whether `value` is a day of the calendar written `YYYY-MM-DD`. */
export function isDay(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}$/.test(value) &&
    !Number.isNaN(Date.parse(value)) &&
    new Date(value).toISOString().startsWith(value)
  );
}
