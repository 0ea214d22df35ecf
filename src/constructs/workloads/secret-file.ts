/** Options of `SecretFile.of`. */
export interface SecretFileOptions {
  /**
   * Only these keys of the Secret, each a file of that name.
   *
   * @default - every key
   */
  readonly keys?: readonly string[];
}

/** Mode of the files: read by owner and group only. */
export const SECRET_FILE_MODE = 0o440;

/** A Secret mounted as files: credentials never pass through the environment (guide: "Secrets"). Names it only; no value is seen. */
export class SecretFile {
  /** The keys of the Secret `secretName` as files in the folder `path`. */
  public static of(secretName: string, path: string, options: SecretFileOptions = {}): SecretFile {
    return new SecretFile(secretName, path, options.keys);
  }

  private constructor(
    public readonly secretName: string,
    public readonly path: string,
    public readonly keys: readonly string[] | undefined,
  ) {}

  /**
   * The pod volume.
   *
   * @internal
   */
  public _volume(): Record<string, unknown> {
    const items = this.keys?.map((key) => ({ key, path: key }));
    return {
      name: this._volumeName(),
      secret: { secretName: this.secretName, defaultMode: SECRET_FILE_MODE, ...(items ? { items } : {}) },
    };
  }

  /**
   * The mount of the container.
   *
   * @internal
   */
  public _mount(): Record<string, unknown> {
    return { name: this._volumeName(), mountPath: this.path, readOnly: true };
  }

  private _volumeName(): string {
    return volumeName('secret', `${this.secretName}${this.path}`);
  }
}

/** A volume name (DNS label) from what it holds. */
export function volumeName(prefix: string, text: string): string {
  return `${prefix}-${text}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '');
}
